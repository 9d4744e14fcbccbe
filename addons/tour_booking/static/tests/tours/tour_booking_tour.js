import {registry} from "@web/core/registry";

const {DateTime} = luxon;
const tours = registry.category("web_tour.tours");

function inDays(days) {
    return DateTime.now().plus({days}).toFormat("MM/dd/yyyy");
}

/** Types into a many2one and takes what is found with Enter. */
function findByTyping(field, text, found = text) {
    const input = `div[name=${field}] input`;
    return [
        {
            content: `Type ${text} into ${field}`,
            trigger: input,
            run: `edit ${text}`,
        },
        {trigger: `.o-autocomplete--dropdown-item .ui-state-active:contains(${found})`},
        {content: `Take ${found}`, trigger: input, run: "press Enter"},
        {trigger: "body:not(:has(.o-autocomplete--dropdown-menu))"},
        {trigger: `div[name=${field}] input:value(${found})`},
    ];
}

function type(field, text, within = "") {
    return {
        content: `Type into ${field}`,
        trigger: `${within} div[name=${field}] input`,
        run: `edit ${text} && press Tab`,
    };
}

function moveByKey(key, label) {
    return [
        {
            content: `Move on by Alt+${key}`,
            trigger: `.o_tour_moves button[data-hotkey=${key}]`,
            run: `press alt+${key}`,
        },
        {trigger: `.o_statusbar_status, .o_tour_status_large:contains(${label})`},
        {trigger: `.o_form_statusbar .o_tour_status:contains(${label})`},
    ];
}

tours.add("tour_booking_manager", {
    steps: () => [
        {
            content: "A new booking by its key",
            trigger: ".o_list_button_add",
            run: "press alt+c",
        },
        ...findByTyping("partner_id", "Metran"),
        {
            content: "Extra fields of the group are announced by the group",
            trigger: "div[name=company_group_id]:contains(Metran group)",
        },
        {
            content: "The first service",
            trigger: "a:contains(Add accommodation)",
            run: "click",
        },
        // By a synonym of the hotel.
        ...findByTyping("hotel_id", "Edelweiss", "Alpina"),
        {trigger: ".modal div[name=supplier_id] input:value(Alpina LLC)"},
        ...findByTyping("room_id", "Standard"),
        ...findByTyping("rate_id", "Standard rate"),
        type("date_from", inDays(10), ".modal"),
        type("date_to", inDays(12), ".modal"),
        {
            content: "Two nights at 5,000 are worked out",
            trigger:
                ".modal .o_tour_price_steps tr[data-code=client_price]:contains(10,000.00)",
        },
        {
            content: "Only the fields of a stay are there",
            trigger:
                ".modal:not(:has(div[name=route])):not(:has(div[name=service_text]))",
        },
        type("price_unit", "12000", ".modal"),
        {
            content: "A typed price says what was computed; give it up",
            trigger: ".modal .o_tour_typed[data-field=price_unit]:contains(10,000.00)",
            run: "click",
        },
        {trigger: ".modal:not(:has(.o_tour_typed[data-field=price_unit]))"},
        {trigger: ".modal div[name=price_unit] input:value(10,000.00)"},
        {
            content: "Paste the guests from a sheet",
            trigger: ".modal div[name=guest_paste] textarea",
            async run({edit}) {
                await edit("Ivanov\tIvan\tIvanovich\nPetrova\tAnna");
                this.anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {trigger: ".modal .o_data_row td:contains(Petrova)"},
        {
            content: "The field that the group adds is a column",
            trigger: ".modal th:contains(Personnel number)",
        },
        {
            content: "Who confirmed",
            trigger: ".modal a[name=confirmation]",
            run: "click",
        },
        type("confirmed_by", "Ms Nagy", ".modal"),
        {
            content: "Save the service",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {trigger: "body:not(:has(.modal)) .o_data_row:contains(Alpina)"},
        {
            content: "Save the booking by its key",
            trigger: ".o_form_button_save",
            run: "press alt+s",
        },
        ...moveByKey("q", "Accepted"),
        ...moveByKey("q", "Confirmed to client"),
        ...moveByKey("q", "Booked"),
        ...moveByKey("q", "Done"),
        {
            content: "Its history",
            trigger: "a[name=history]",
            run: "click",
        },
        {trigger: "div[name=status_event_ids] .o_data_row:contains(Done)"},
    ],
});

tours.add("tour_booking_cancel", {
    steps: () => [
        {
            content: "Cancelling stands among what needs a reason",
            trigger: ".o_tour_moves_more",
            run: "press alt+t",
        },
        {
            trigger: ".o_tour_moves_menu [data-state=cancelled]",
            run: "click",
        },
        {
            content: "Not without a reason",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {trigger: ".modal div[name=reason].o_field_invalid"},
        {
            trigger: ".modal div[name=reason] textarea",
            run: "edit The client changed his mind",
        },
        {
            content: "Change it by the key of the button",
            trigger: ".modal button[name=action_apply]",
            run: "press alt+q",
        },
        {trigger: ".o_form_statusbar .o_tour_status:contains(Cancelled)"},
    ],
});

tours.add("tour_booking_list_status", {
    steps: () => [
        {
            content: "The status is a button in the list",
            trigger: ".o_data_row:contains(Metran) button.o_tour_status:contains(New)",
            run: "click",
        },
        {
            content: "It offers what is allowed",
            trigger: ".o_tour_status_menu [data-state=accepted]",
            run: "click",
        },
        {
            content: "And changes on the spot",
            trigger:
                ".o_list_view .o_data_row:contains(Metran) .o_tour_status:contains(Accepted)",
            run: "click",
        },
        {
            trigger: ".o_tour_status_menu [data-state=refused]",
            run: "click",
        },
        {
            content: "What needs a reason asks for it",
            trigger: ".modal div[name=reason] textarea",
            run: "edit No rooms",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger:
                ".o_list_view .o_data_row:contains(Metran) .o_tour_status:contains(Refused)",
        },
    ],
});
