import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("tour_link_guests", {
    steps: () => [
        {
            content: "Ask guests for their data",
            trigger: "button[name=action_make_guest_link]",
            run: "click",
        },
        {
            content: "Fourteen days are the company's setting",
            trigger: ".modal div[name=days] input:value(14)",
        },
        {
            content: "Show the link",
            trigger: ".modal button[name=action_show]",
            run: "click",
        },
        {trigger: ".modal .o_tour_link_url:value(/tour/link/)"},
        {
            content: "It is shown this once",
            trigger: ".modal .o_tour_link_close",
            run: "click",
        },
        {
            content: "The booking has a link now",
            trigger: "button[name=action_open_tour_links]",
            run: "click",
        },
        {
            content: "Revoke it",
            trigger: ".o_list_view button[name=action_revoke]",
            run: "click",
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains(Revoked)"},
    ],
});

tours.add("tour_link_look", {
    steps: () => [
        {
            content: "Open the service",
            trigger: "div[name=order_line] .o_data_row td[name=name]",
            run: "click",
        },
        {
            content: "The number is hidden but for its end",
            trigger: ".modal td[name=document_shown]:contains(•••• 456)",
        },
        {
            content: "Look at it",
            trigger: ".modal td[name=document_shown] .o_tour_secret_show",
            run: "click",
        },
        {trigger: ".modal td[name=document_shown]:contains(4509 123456)"},
        {
            content: "Type that of the second guest",
            trigger: ".modal .o_data_row:eq(1) td[name=document_shown]",
            run: "click",
        },
        {
            trigger: ".modal .o_selected_row td[name=document_shown] input",
            run: "edit AB 765432 && press Tab",
        },
        {
            content: "Save the service",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "Save the booking",
            trigger: "body:not(:has(.modal)) .o_form_button_save",
            run: "click",
        },
        {trigger: ".o_form_status_indicator_buttons.invisible:not(:visible)"},
    ],
});

tours.add("tour_link_answer", {
    steps: () => [
        {
            content: "What suppliers answered",
            trigger: "button[name=action_open_supplier_answers]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Refused) td[name=text]",
            run: "click",
        },
        {trigger: ".o_form_view div[name=text]:contains(Full house)"},
        {trigger: ".o_form_view div[name=person]:contains(Ms Nagy)"},
    ],
});

tours.add("tour_link_looks", {
    steps: () => [
        {
            content: "Who looked, at whom, and why",
            trigger:
                ".o_data_row:contains(Orlov Oleg):contains(The hotel asks):contains(Looked at)",
        },
    ],
});
