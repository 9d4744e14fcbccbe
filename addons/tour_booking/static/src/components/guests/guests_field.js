import {toRaw} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {X2ManyField, x2ManyField} from "@web/views/fields/x2many/x2many_field";
import {ListRenderer} from "@web/views/list/list_renderer";

/**
 * Shows the extra fields that the client's group defines as columns of the guests.
 * Odoo has such columns in lists of their own, but not in lists within a form.
 */
export class GuestListRenderer extends ListRenderer {
    getPropertyFieldColumns(column, list) {
        const {activeFields} = toRaw(list);
        for (const record of list.records) {
            for (const [name, activeField] of Object.entries(record.activeFields)) {
                if (activeField.relatedPropertyField) {
                    activeFields[name] ??= activeField;
                }
            }
        }
        return super
            .getPropertyFieldColumns(column, list)
            .map((propertyColumn) => ({...propertyColumn, optional: false}));
    }
}

export class GuestsField extends X2ManyField {
    static components = {...X2ManyField.components, ListRenderer: GuestListRenderer};
}

export const guestsField = {...x2ManyField, component: GuestsField};

registry.category("fields").add("tour_guests", guestsField);
