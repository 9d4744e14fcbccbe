import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("tour_change_request", {
    steps: () => [
        {
            content: "The request says what is asked",
            trigger: "div[name=comment] textarea:value(Two rooms)",
        },
        {
            content: "Price it",
            trigger: "button[name=action_price]:contains(Price it)",
            run: "click",
        },
        {trigger: ".o_statusbar_status .o_arrow_button_current:contains(Priced)"},
        {
            content: "See what it changes and costs",
            trigger: "a[name=preview]",
            run: "click",
        },
        {trigger: "table.o_tour_diff tr:contains(Rooms):contains(1):contains(2)"},
        {trigger: "div[name=price_after]:contains(20,000.00)"},
        {
            content: "Apply it",
            trigger: "button[name=action_apply]:contains(Apply)",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {trigger: ".o_statusbar_status .o_arrow_button_current:contains(Applied)"},
        {
            content: "Every step is kept",
            trigger: "a[name=steps]",
            run: "click",
        },
        {trigger: "div[name=event_ids] .o_data_row:contains(Applied)"},
        {
            content: "Back to the booking",
            trigger: "button[name=action_open_booking]",
            run: "click",
        },
        {trigger: ".o_tour_booking_form button[name=action_open_changes]"},
    ],
});

tours.add("tour_change_refuse", {
    steps: () => [
        {
            content: "Open the request from the list",
            trigger: ".o_data_row:contains(Metran) td[name=kind]",
            run: "click",
        },
        {
            content: "Refuse it",
            trigger: "button[name=action_open_reason]:contains(Refuse)",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal div[name=reason] textarea",
            run: "edit No rooms left",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {trigger: ".o_statusbar_status .o_arrow_button_current:contains(Refused)"},
        {trigger: "div[name=reason]:contains(No rooms left)"},
    ],
});

tours.add("tour_change_rule", {
    steps: () => [
        {
            content: "A new rule",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: "div[name=name] input, div[name=name] textarea",
            run: "edit Strict",
        },
        {
            content: "Its step",
            trigger: "div[name=step_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "div[name=step_ids] .o_selected_row div[name=days] input",
            run: "edit 2",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {trigger: "div[name=description]:contains(from 18:00, 2 days before arrival)"},
        {content: "It is saved", trigger: ".o_form_saved"},
    ],
});
