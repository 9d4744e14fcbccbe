import {registry} from "@web/core/registry";

/** The warnings come while the tax id is typed, and the company is saved with them. */
registry.category("web_tour.tours").add("tour_partner_tax_id", {
    steps: () => [
        {
            content: "Name the company",
            trigger: ".o_field_widget[name=name] textarea:visible",
            run: "edit Twin Ltd",
        },
        {
            content: "Type a tax id with a mistake, and stay in the field",
            trigger: ".o_field_widget[name=vat] input",
            run: "edit 7701234561",
        },
        {
            content: "The mistake is told of, and mended",
            trigger: ".alert:contains(check digits)",
            run() {},
        },
        {
            trigger: ".o_field_widget[name=vat] input",
            run: "edit 7701234560",
        },
        {
            content: "The twin is told of, with a link",
            trigger: ".alert a:contains(Elder Twin)",
            run() {},
        },
        {
            content: "The user goes on all the same",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger:
                ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))",
        },
    ],
});
