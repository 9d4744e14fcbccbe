import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const hint = (field) => `.modal .o_tour_bill_hint[data-field=${field}]`;
const open = {
    content: "Prepare the bill",
    trigger: "button[name=action_prepare_bill]",
    run: "click",
};

tours.add("tour_bill_reading_hints", {
    steps: () => [
        open,
        {
            content: "The number, and how sure it is",
            trigger: `${hint("ref")}[data-level=sure] .o_tour_bill_hint_fill:contains(В-15)`,
            run: "click",
        },
        {
            content: "It is in the field",
            trigger: `${hint("ref")} .o_tour_bill_hint_filled`,
        },
        {
            content: "The day is called wrong",
            trigger: `${hint("invoice_date")} .o_tour_bill_hint_wrong`,
            run: "click",
        },
        {
            content: "And can be called back",
            trigger: `${hint("invoice_date")} .o_tour_bill_hint_back`,
        },
        {
            content: "All the rest at once",
            trigger: ".modal .o_tour_bill_reading_fill",
            run: "click",
        },
        {
            content: "Supplier",
            trigger: `${hint("partner_id")} .o_tour_bill_hint_filled`,
        },
        {
            content: "His account",
            trigger: `${hint("partner_bank_id")} .o_tour_bill_hint_filled`,
        },
        {
            content: "The sum",
            trigger: `${hint("amount")} .o_tour_bill_hint_filled`,
        },
        {
            content: "The day by hand",
            trigger:
                ".modal div[name=invoice_date] button, .modal div[name=invoice_date] input",
            run: "click",
        },
        {
            trigger: ".modal div[name=invoice_date] input",
            run: "edit 10/06/2026 && press Tab",
        },
        {
            content: "When it is wanted",
            trigger:
                ".modal div[name=wanted_date] button, .modal div[name=wanted_date] input",
            run: "click",
        },
        {
            trigger: ".modal div[name=wanted_date] input",
            run: "edit 12/06/2026 && press Tab",
        },
        {
            content: "Save",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "It is prepared",
            trigger: ".o_arrow_button_current[data-value=prepared]",
        },
    ],
});

tours.add("tour_bill_reading_appear", {
    steps: () => [
        open,
        {
            content: "The file is being read",
            trigger: ".modal .o_tour_bill_reading[data-state=reading]",
        },
        {
            content: "The worker comes",
            trigger: ".modal div[name=ref] input",
            async run({edit}) {
                await edit("typed");
                const {orm} = odoo.__WOWL_DEBUG__.root.env.services;
                const billId = Number(/\/(\d+)/.exec(location.pathname)[1]);
                // The test lets the worker come with this call.
                await orm.call("account.move", "action_read_bill_again", [[billId]]);
            },
        },
        {
            content: "The hints are there, and what was typed is",
            trigger: `${hint("ref")} .o_tour_bill_hint_fill:contains(В-15)`,
        },
        {
            trigger: ".modal div[name=ref] input:value(typed)",
        },
    ],
});
