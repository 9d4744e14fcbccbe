import {registry} from "@web/core/registry";

const {DateTime} = luxon;
const tours = registry.category("web_tour.tours");

function inDays(days) {
    return DateTime.now().plus({days}).toFormat("MM/dd/yyyy");
}

function findByTyping(field, text) {
    const input = `div[name=${field}] input`;
    return [
        {
            content: `Type ${text} into ${field}`,
            trigger: input,
            run: `edit ${text}`,
        },
        {trigger: `.o-autocomplete--dropdown-item .ui-state-active:contains(${text})`},
        {content: `Take ${text}`, trigger: input, run: "press Enter"},
        {trigger: "body:not(:has(.o-autocomplete--dropdown-menu))"},
        {trigger: `div[name=${field}] input:value(${text})`},
    ];
}

function type(field, text) {
    return {
        content: `Type into ${field}`,
        trigger: `.modal div[name=${field}] input`,
        run: `edit ${text} && press Tab`,
    };
}

tours.add("tour_offer_manager", {
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
        ...findByTyping("partner_id", "Metran"),
        {
            content: "The first variant",
            trigger: "button[name=action_add_variant]",
            run: "click",
        },
        {trigger: ".o_form_view a:contains(Add accommodation)", run: "click"},
        ...findByTyping("hotel_id", "Alpina"),
        {trigger: ".modal div[name=supplier_id] input:value(Alpina LLC)"},
        ...findByTyping("room_id", "Standard"),
        ...findByTyping("rate_id", "Standard rate"),
        type("date_from", inDays(20)),
        type("date_to", inDays(22)),
        {
            content: "Two nights at 5,000 are worked out",
            trigger:
                ".modal .o_tour_price_steps tr[data-code=client_price]:contains(10,000.00)",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: "body:not(:has(.modal)) .o_data_row:contains(Alpina)"},
        {
            content: "The same once more",
            trigger: "button[name=action_duplicate]",
            run: "click",
        },
        {trigger: "div[name=name] input:value(Variant 1 (copy))"},
        {
            content: "Back to the offer",
            trigger: ".o_breadcrumb a:contains(O0)",
            run: "click",
        },
        {trigger: ".o_kanban_record:contains(Variant 1 (copy)):contains(10,000.00)"},
        {
            content: "Side by side",
            trigger: "a[name=comparison]",
            run: "click",
        },
        {trigger: ".o_tour_offer_comparison tr[data-code=margin]"},
        {trigger: "button[name=action_send]", run: "click"},
        {trigger: ".o_statusbar_status .o_arrow_button_current:contains(Sent)"},
    ],
});

tours.add("tour_offer_client", {
    steps: () => [
        {
            content: "The recommended one",
            trigger: ".o_tour_offer_page .card:contains(Edelweiss) input[type=radio]",
            run: "click",
        },
        {trigger: "#offer_name", run: "edit Anna Bell"},
        {trigger: "#offer_consent", run: "click"},
        {
            trigger: "button:contains(Accept)",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".alert-success:contains(Your manager goes on)"},
    ],
});

tours.add("tour_offer_decline", {
    steps: () => [
        {trigger: "summary", run: "click"},
        {trigger: "#offer_reason", run: "edit Too far"},
        {
            trigger: "button:contains(Decline the offer)",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".alert:contains(You declined this offer)"},
    ],
});
