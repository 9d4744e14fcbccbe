import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("tour_booking_price_history", {
    steps: () => [
        {
            content: "What it was sold for at first, and what came since",
            trigger: "a[name=prices]",
            run: "click",
        },
        {
            trigger:
                "div[name=price_history_ids] .o_data_row:contains(First booking):contains(10,000.00)",
        },
        {
            trigger:
                "div[name=price_history_ids] .o_data_row:contains(Adjustment):contains(2,000.00)",
        },
        {
            content: "The sum is the price of today",
            trigger: "div[name=price_history_ids] tfoot:contains(12,000.00)",
        },
        {
            content: "Nobody adds to it by hand",
            trigger:
                "div[name=price_history_ids]:not(:has(.o_field_x2many_list_row_add))",
        },
    ],
});

tours.add("tour_booking_price_list", {
    steps: () => [
        {
            content: "The price list of a client",
            trigger: ".o_list_view .o_data_row td:contains(Metran)",
            run: "click",
        },
        {
            content: "What the client pays for an extra service",
            trigger: ".o_form_view div[name=item_ids] .o_data_row:contains(Visa)",
        },
        {
            content: "Prices can be added",
            trigger: "div[name=item_ids] .o_field_x2many_list_row_add",
        },
    ],
});

tours.add("tour_booking_price_changes", {
    steps: () => [
        {
            content: "All later changes, first prices left out",
            trigger: ".o_searchview_facet:contains(Without first prices)",
        },
        {trigger: ".o_list_view .o_data_row:contains(Adjustment)"},
        {
            content: "As a pivot too",
            trigger: ".o_switch_view.o_pivot",
            run: "click",
        },
        {trigger: ".o_pivot_view th:contains(Adjustment)"},
    ],
});
