import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("tour_regularisation_paste", {
    steps: () => [
        {
            content: "A new regularisation",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Why",
            trigger: "div[name=reason] input",
            run: "edit Letter of the hotel",
        },
        {
            content: "The numbers, as they stand in the letter",
            trigger: "div[name=numbers] textarea",
            async run({edit}) {
                const orders =
                    await odoo.__WOWL_DEBUG__.root.env.services.orm.searchRead(
                        "sale.order",
                        [["is_tour_booking", "=", true]],
                        ["name"],
                        {limit: 2, order: "id desc"}
                    );
                const names = orders.map((order) => order.name);
                await edit(`${names.join("; ")}, 99999999`);
            },
        },
        {
            content: "What the supplier wants",
            trigger: "div[name=supplier_how] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Change by percent)",
            run: "click",
        },
        {
            trigger: "div[name=supplier_value] input",
            run: "edit 5 && press Tab",
        },
        {
            content: "Look at it first",
            trigger: "button[name=action_preview]",
            run: "click",
        },
        {
            content: "The unknown number is named",
            trigger:
                "div[name=line_ids] .o_data_row:contains(99999999):contains(no such)",
        },
        {
            content: "And what a booking would cost",
            trigger: "div[name=line_ids] .o_data_row:contains(9,450.00)",
        },
        {
            content: "Change them",
            trigger: "button[name=action_run]:visible",
            run: "click",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "It can be stopped",
            trigger: "button[name=action_stop]",
        },
        {trigger: ".alert-info:contains(in the background)"},
    ],
});

tours.add("tour_regularisation_report", {
    steps: () => [
        {
            content: "How it went",
            trigger: "div[name=progress_percent]:contains(100)",
        },
        {
            content: "The report",
            trigger: "button[name=action_view_bookings]",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.o_form_view)) .o_list_view .o_data_row:contains(Changed)",
        },
        {
            content: "One of them",
            trigger: ".o_data_row:contains(Changed) td[name=number]",
            run: "click",
        },
        {
            content: "What changed in it",
            trigger: ".o_form_view div[name=diff]:contains(10,500.00)",
        },
    ],
});
