import {registry} from "@web/core/registry";

const HEAD = ".o_tour_head";

registry.category("web_tour.tours").add("tour_report_head", {
    steps: () => [
        {
            content: "It was this month",
            trigger: `${HEAD} select[name=preset]`,
            run: "select this_month",
        },
        {trigger: `${HEAD} [data-section=result]`},
        {
            content: "A figure opens its entries",
            trigger: `${HEAD} tr:contains(Guided walks) a:contains(777)`,
            run: "click",
        },
        {trigger: ".o_breadcrumb .active:contains(Income)"},
        {trigger: ".o_list_view .o_data_row td:contains(Guided walks)"},
    ],
});
