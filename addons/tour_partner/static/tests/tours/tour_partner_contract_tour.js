import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("tour_partner_contract", {
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
        {trigger: "div[name=partner_id] input", run: "edit Signing Client"},
        {
            trigger:
                ".o-autocomplete--dropdown-item .ui-state-active:contains(Signing Client)",
        },
        {trigger: "div[name=partner_id] input", run: "press Enter"},
        {trigger: "div[name=partner_id] input:value(Signing Client)"},
        {trigger: "body:not(:has(.o-autocomplete--dropdown-menu))"},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: "button[name=action_mark_sent]", run: "click"},
        {trigger: ".o_arrow_button_current:contains(Sent)"},
        {trigger: ".o_statusbar_buttons button:contains(Signed by us)", run: "click"},
        {trigger: ".modal button[name=action_apply]", run: "click"},
        {trigger: "body:not(:has(.modal)) .o_arrow_button_current:contains(by us)"},
        {
            trigger: ".o_statusbar_buttons button:contains(Signed by client)",
            run: "click",
        },
        {trigger: ".modal div[name=signer] input", run: "edit Anna Bell"},
        {trigger: ".modal button[name=action_apply]", run: "click"},
        {trigger: "body:not(:has(.modal)) .o_arrow_button_current:contains(In force)"},
    ],
});

tours.add("tour_partner_contact", {
    steps: () => [
        {
            content: "The first click",
            trigger: "button[name=action_log_contact]",
            run: "click",
        },
        {
            content: "The second",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {trigger: "body:not(:has(.modal))"},
    ],
});

tours.add("tour_partner_contact_log", {
    steps: () => [
        {trigger: ".o_list_view .o_data_row:contains(Call):contains(Signing Client)"},
        {trigger: "button:contains(Log a contact)", run: "click"},
        {trigger: ".modal div[name=kind]"},
        {trigger: ".modal .o_form_button_cancel", run: "click"},
        {trigger: "body:not(:has(.modal))"},
    ],
});
