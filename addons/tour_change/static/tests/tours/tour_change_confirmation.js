import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("tour_change_confirmation", {
    steps: () =>
        [
            {
                content: "The tag cannot be removed: it is no field of the form",
                trigger:
                    ".o_tour_process_tags [data-code=created_by_client]:contains(Created by client)",
            },
            {
                content: "Open the service",
                trigger: "div[name=order_line] .o_data_row .o_data_cell",
                run: "click",
            },
            {
                content: "Change what the client pays",
                trigger: ".modal div[name=price_unit] input",
                run: "edit 12345 && press Tab",
            },
            {
                content: "Keep the service",
                trigger: ".modal .o_form_button_save, .modal footer .btn-primary",
                run: "click",
            },
            {
                content: "Save the booking, now that it shows the new price",
                trigger:
                    "body:not(:has(.modal)):has(div[name=order_line] .o_data_row:contains(12,345.00)) .o_form_button_save",
                run: "click",
            },
            {
                content: "The client has to confirm",
                trigger: ".o_tour_process_tags [data-code=needs_client_confirmation]",
            },
            {trigger: ".o_tour_needs_confirmation:visible"},
            {
                content: "No status can be set",
                trigger: ".o_form_statusbar:not(:has(.o_tour_moves button))",
            },
            {
                content: "See the changes",
                trigger: "button[name=action_see_changes]",
                run: "click",
            },
            {
                trigger: ".modal .o_tour_diff .o_tour_diff_changed:contains(12,345.00)",
            },
            {
                content: "He called and accepts",
                trigger: ".modal button[name=action_accept_for_client]",
                run: "click",
            },
            {
                trigger: ".modal div[name=note] textarea",
                run: "edit Called at noon",
            },
            {
                content: "Answer",
                trigger: ".modal button[name=action_apply]",
                run: "click",
            },
            {
                content: "The question is answered",
                trigger:
                    "body:not(:has(.modal)) .o_tour_process_tags [data-code=accepted_by_client]",
            },
            {
                content: "Look at it as the client does",
                trigger: "button[name=action_view_as_client]",
                run: "click",
            },
            {trigger: ".modal .o_tour_client_page:contains(Orlov Oleg)"},
            // Each step waits for the server, which may have much else to do.
        ].map((step) => ({timeout: 60000, ...step})),
});
