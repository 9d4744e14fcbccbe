import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("tour_desk_today", {
    steps: () => [
        {
            content: "The new booking is due today, and is accepted by its button",
            trigger:
                ".o_data_row:contains(Metran):contains(New booking) .o_tour_today_action:contains(Accept)",
            run: "click",
        },
        {
            content: "What else it needs takes its place",
            trigger: ".o_data_row:contains(Metran):contains(Not booked yet)",
        },
        {trigger: "body:not(:has(.o_data_row:contains(Metran):contains(New booking)))"},
        {
            content: "What can wait is put off",
            trigger:
                ".o_data_row:contains(Alpina LLC):contains(New booking) button[name=action_snooze]",
            run: "click",
        },
        {
            trigger: ".modal div[name=until] input, .modal div[name=until] button",
            run: "click",
        },
        {
            trigger: ".modal div[name=until] input",
            run: "edit 12/31/2099",
        },
        {
            trigger: ".modal div[name=reason] input",
            run: "edit The client is abroad",
        },
        {
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)):not(:has(.o_data_row:contains(Alpina LLC):contains(New booking)))",
        },
        {
            content: "A row opens its booking",
            trigger: ".o_data_row:contains(Metran) td[name=summary]",
            run: "click",
        },
        {trigger: ".o_tour_booking_form"},
    ],
});

tours.add("tour_desk_checklist", {
    steps: () => [
        {
            trigger: "a[name=checklist]",
            run: "click",
        },
        {
            content: "One click ticks the task",
            trigger:
                "div[name=checklist_ids] .o_data_row:contains(Send the voucher) button[name=action_done]",
            run: "click",
        },
        {
            trigger:
                "div[name=checklist_ids] .o_data_row:contains(Send the voucher) button[name=action_reopen]",
        },
        {trigger: ".oe_stat_button[name=action_open_checklist]:contains(1 / 1)"},
        {
            trigger: "a[name=profit]",
            run: "click",
        },
        {trigger: "div[name=planned_income]:contains(10,000.00)"},
    ],
});

tours.add("tour_desk_profit", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Metran)",
        },
        {
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            trigger: ".o_filter_menu .o_menu_item:contains(Sold under cost)",
            run: "click",
        },
        {
            trigger:
                ".o_data_row:contains(Metran) td[name=planned_profit]:contains(-2,000.00)",
        },
        {trigger: "body:not(:has(.o_data_row:contains(Alpina LLC)))"},
        {
            trigger: ".o_switch_view.o_pivot",
            run: "click",
        },
        {trigger: ".o_pivot:contains(Planned profit)"},
    ],
});
