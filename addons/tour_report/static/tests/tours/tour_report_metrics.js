import {registry} from "@web/core/registry";

const METRICS = ".o_tour_metrics";
const READ = "[aria-busy='false']";

function card(code) {
    return `${METRICS} [data-metric=${code}]${READ}`;
}

/**
 * A click on the first bar, where Chart.js has drawn it.
 */
function clickBar() {
    const chart = window.Chart.getChart(this.anchor);
    const {x, y} = chart.getDatasetMeta(0).data[0].getCenterPoint();
    const {left, top} = this.anchor.getBoundingClientRect();
    const at = {clientX: left + x, clientY: top + y, bubbles: true};
    this.anchor.dispatchEvent(new MouseEvent("mousemove", at));
    this.anchor.dispatchEvent(new MouseEvent("click", at));
}

registry.category("web_tour.tours").add("tour_report_metrics", {
    steps: () => [
        {
            content: "Nothing was booked today",
            trigger: `${METRICS} select[name=preset]`,
            run: "select today",
        },
        {trigger: `${METRICS} select[name=interval]`, run: "select week"},
        {trigger: `${card("made_by_manager")} .o_tour_metric_empty`},
        {
            content: "It was last month",
            trigger: `${METRICS} select[name=preset]`,
            run: "select last_month",
        },
        {trigger: `${card("made_by_manager")} canvas`},
        {trigger: `${card("commission")} .o_tour_metric_empty`},
        {
            content: "What is wrong is there, whatever the period",
            trigger: `${card("reposting")} td:contains(Reposted)`,
        },
        {
            content: "A row opens its booking",
            trigger: `${card("reposting")} td button`,
            run: "click",
        },
        {trigger: ".o_form_view .o_field_widget[name=partner_id]"},
        {trigger: ".breadcrumb-item a:contains(Metrics)", run: "click"},
        {trigger: `${card("reposting")} button[name=all]`, run: "click"},
        {trigger: ".o_breadcrumb .active:contains(In reposting)"},
        {trigger: ".o_list_view .o_data_row:contains(Reposted)"},
        {trigger: ".breadcrumb-item a:contains(Metrics)", run: "click"},
        {
            content: "A click on a bar opens its bookings",
            trigger: `${card("made_by_manager")} canvas`,
            run: clickBar,
        },
        {trigger: ".o_breadcrumb .active:contains(Bookings by manager: Manager)"},
        {trigger: ".o_list_view .o_data_row:nth-child(2)"},
        {trigger: ".o_list_view:not(:has(.o_data_row:nth-child(3)))"},
        {
            content: "Back to what was chosen",
            trigger: ".breadcrumb-item a:contains(Metrics)",
            run: "click",
        },
        {
            content: "The same without a mouse",
            trigger: `${card("made_by_manager")} button[name=table]`,
            run: "click",
        },
        {
            trigger: `${card("made_by_manager")} tr:contains(Head) td:contains(1)`,
        },
        {
            trigger: `${card("made_by_manager")} button:contains(Head)`,
            run: "click",
        },
        {trigger: ".o_breadcrumb .active:contains(Bookings by manager: Head)"},
        {trigger: ".o_list_view .o_data_row:contains(Agent & Co)"},
        {
            trigger: ".breadcrumb-item a:contains(Metrics)",
            run: "click",
        },
        {
            content: "Of one client only",
            trigger: `${METRICS} [data-filter=clients] input`,
            run: "edit Agent",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Agent & Co)",
            run: "click",
        },
        {trigger: `${METRICS} [data-filter=clients] .o_tag:contains(Agent & Co)`},
        {
            trigger: `${card("made_by_manager")} button[name=table]`,
            run: "click",
        },
        {
            trigger: `${card("made_by_manager")}:not(:has(tr:contains(Manager)))`,
        },
        {
            content: "A picture and a file are to be had",
            trigger: `${card("made_by_manager")} button[name=picture]`,
            run: "click",
        },
        {
            trigger: `${card("made_by_manager")} button[name=sheet]`,
            run: "click",
        },
        {
            content: "Another day begins a period of one's own",
            trigger: `${METRICS} #tour_metrics_from`,
            run: "edit 01/01/1880 && press Enter",
        },
        {trigger: ".o_notification:contains(1990)"},
        {
            content: "What is refused is put back",
            trigger: `${METRICS} select[name=preset]:has(option[value=last_month]:selected)`,
        },
    ],
});

registry.category("web_tour.tours").add("tour_report_metrics_manager", {
    steps: () => [
        {trigger: `${card("made_by_manager")} .o_tour_metric_empty`},
        {trigger: `${METRICS}:not(:has([data-metric=commission]))`},
        {trigger: `${card("reposting")} .o_tour_metric_empty`},
        {trigger: `${card("doubtful")} .o_tour_metric_empty`},
    ],
});
