import {registry} from "@web/core/registry";

/** What somebody else does meanwhile: the booking is written past this form. */
async function writeElsewhere(value) {
    const resId = Number(window.location.pathname.match(/\d+$/)[0]);
    const response = await fetch("/web/dataset/call_kw/sale.order/write", {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({
            jsonrpc: "2.0",
            method: "call",
            params: {
                model: "sale.order",
                method: "write",
                args: [[resId], {client_order_ref: value}],
                kwargs: {},
            },
        }),
    });
    const answer = await response.json();
    if (answer.error) {
        throw new Error(answer.error.data.message);
    }
}

const REFERENCE = "div[name=client_order_ref] input";

registry.category("web_tour.tours").add("tour_booking_conflict", {
    steps: () => [
        {
            content: "Type into the booking",
            trigger: REFERENCE,
            run: "edit mine && press Tab",
        },
        {
            content: "Somebody else is faster",
            trigger: ".o_form_status_indicator_buttons:not(.invisible)",
            run: () => writeElsewhere("theirs"),
        },
        {
            content: "Saving is refused",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It says what was changed",
            trigger: ".modal .modal-body:contains(Customer Reference)",
        },
        {
            content: "Keep what was typed",
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {trigger: "body:not(:has(.modal))"},
        {
            content: "It is in the form still, not saved",
            trigger: `${REFERENCE}:value(mine)`,
        },
        {
            content: "Save once more, with the same answer",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Reload this time",
            trigger: ".modal .modal-footer .btn-secondary",
            run: "click",
        },
        {
            content: "The other's value is there",
            trigger: `${REFERENCE}:value(theirs)`,
            run: "edit mine at last && press Tab",
        },
        {
            content: "Now it can be saved",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {trigger: ".o_form_status_indicator_buttons.invisible:not(:visible)"},
    ],
});
