import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("tour_hotel_price_calculator", {
    steps: () => [
        {
            content: "search by a synonym",
            trigger: ".o_searchview_input",
            run: "edit testpearl",
        },
        {
            content: "in hotels",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Hotel)",
            run: "click",
        },
        {
            content: "open the hotel",
            trigger: ".o_data_row:only-child .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "a manager may look at it only",
            trigger: ".o_form_view .o_field_widget[name=name]:not(:has(textarea))",
        },
        {
            content: "ask what a stay costs",
            trigger: "button[name=action_calculate_price]",
            run: "click",
        },
        {
            content: "one night at 5000 is shown",
            trigger: ".modal .o_tour_price_steps tr[data-code=room]:contains(5,000.00)",
        },
        {
            content: "breakfast gives no commission",
            trigger:
                ".modal .o_tour_price_steps tr[data-code=meals_out]:contains(600.00)",
        },
        {
            content: "two rooms",
            trigger: ".modal .o_field_widget[name=rooms] input",
            run: "edit 2 && press Tab",
        },
        {
            content: "the sum follows",
            trigger:
                ".modal .o_tour_price_steps tr[data-code=client_price]:contains(10,000.00)",
        },
        {
            content: "close",
            trigger: ".modal button[special=cancel]",
            run: "click",
        },
        {
            content: "back at the hotel",
            trigger: "body:not(:has(.modal)) .o_form_view",
        },
    ],
});
