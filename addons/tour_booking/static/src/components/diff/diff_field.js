import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * What differs between two views of a booking, as one readable table. The value is what
 * `sale.order._render_diff` returns.
 */
export class TourDiffField extends Component {
    static template = "tour_booking.DiffField";
    static props = {...standardFieldProps};

    /** Rows by service and guest, in the order in which they come. */
    get groups() {
        const groups = [];
        for (const row of this.props.record.data[this.props.name] || []) {
            const last = groups.at(-1);
            if (last && last.name === row.group) {
                last.rows.push(row);
            } else {
                groups.push({name: row.group, rows: [row]});
            }
        }
        return groups;
    }
}

export const tourDiffField = {
    component: TourDiffField,
    displayName: _t("What differs"),
    supportedTypes: ["json"],
};

registry.category("fields").add("tour_diff", tourDiffField);
