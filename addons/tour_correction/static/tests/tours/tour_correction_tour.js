import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("tour_correction_reposting", {
    steps: () => [
        {
            content: "A booking that is done looks as it always did",
            trigger:
                ".o_form_statusbar .o_tour_status:contains(Done), .o_form_view:not(:has(.o_tour_reposting_banner))",
        },
        {
            content: "Something is changed after all",
            trigger: "div[name=acquiring_cost] input",
            run: "edit 150 && press Tab",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The reposting began by itself, and the form shows it",
            trigger: ".o_tour_reposting_banner:contains(Reposting)",
        },
        {trigger: ".ribbon:contains(Reposting)"},
        {
            content: "What changed so far",
            trigger: "button[name=action_view_repostings]",
            run: "click",
        },
        {trigger: ".o_tour_diff:contains(Acquiring):contains(150)"},
        {
            content: "Finish",
            trigger: "button[name=action_finish]",
            run: "click",
        },
        {
            content: "Accounting will be told: yes",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {trigger: ".o_notification:contains(accountant@tour.example)"},
        {
            content: "It is over, and the documents are there",
            trigger: "button[name=action_open_document]",
        },
        {
            content: "Back on the booking",
            trigger: "button[name=action_open_booking]",
            run: "click",
        },
        {trigger: ".o_tour_booking_form:not(:has(.o_tour_reposting_banner))"},
    ],
});

tours.add("tour_correction_overpayment", {
    steps: () => [
        {
            content: "What is owed stands in the list, with its sum",
            trigger:
                ".o_data_row:contains(Alpina LLC):contains(5,000.00) .o_data_cell[name=service_name]",
            run: "click",
        },
        {trigger: ".o_form_view button[name=action_send_letter]"},
        {
            content: "The money came back",
            trigger: "button[name=action_close]",
            run: "click",
        },
        {
            content: "Its day",
            trigger: ".modal div[name=payment_date] input",
            run() {
                const today = luxon.DateTime.now().toFormat("MM/dd/yyyy");
                this.anchor.value = today;
                this.anchor.dispatchEvent(new Event("input", {bubbles: true}));
                this.anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            content: "Its number",
            trigger: ".modal div[name=payment_reference] input",
            run: "edit 4711 && press Tab",
        },
        {
            content: "Apply",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_arrow_button_current:contains(Closed by payment)",
        },
    ],
});
