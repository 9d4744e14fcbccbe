import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("tour_notification_preferences", {
    steps: () => [
        {
            content: "Open the tab",
            trigger: ".nav-link[name=tour_notifications]",
            run: "click",
        },
        {
            content: "Say no to the subject",
            trigger: "tr:contains(Staff subject) select",
            run: "selectByLabel Don't send",
        },
        {
            content: "Keep it",
            trigger: "button[name=preference_save], .o_form_button_save",
            run: "click",
        },
        {trigger: "body:not(:has(.o_form_dirty))"},
    ],
});

registry.category("web_tour.tours").add("tour_notification_popup", {
    steps: () => [
        {
            content: "Something is told",
            trigger: ".o_main_navbar",
            run() {
                const {services} = odoo.__WOWL_DEBUG__.root.env;
                services.tour_notification_popup.show(window.tourNotificationTest);
            },
        },
        {
            content: "Text is shown as text",
            trigger: ".o_tour_notification_popup:contains(<b>Body</b>)",
        },
        {
            content: "Go to the source",
            trigger: ".o_notification_buttons button:contains(Open)",
            run: "click",
        },
        {trigger: ".o_form_view:contains(Hungary)"},
        {trigger: "body:not(:has(.o_tour_notification_popup))"},
    ],
});
