import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Small signs of a booking: bill, payment order, penalty, unread messages. */
export class BookingMarksField extends Component {
    static template = "tour_booking.BookingMarksField";
    static props = {...standardFieldProps};

    get marks() {
        const data = this.props.record.data;
        const marks = [];
        if (data.client_unread_count) {
            marks.push({
                icon: "fa-envelope text-danger",
                text: _t("Unread messages of the client: %s", data.client_unread_count),
                count: data.client_unread_count,
            });
        }
        if (data.has_supplier_bill) {
            marks.push({icon: "fa-file-text-o", text: _t("Supplier's bill")});
        }
        if (data.payment_order_state === "attached") {
            marks.push({
                icon: "fa-paperclip text-warning",
                text: _t("Payment order attached"),
            });
        } else if (data.payment_order_state === "confirmed") {
            marks.push({
                icon: "fa-check-square-o text-success",
                text: _t("Payment order confirmed"),
            });
        }
        if (data.has_penalty) {
            marks.push({icon: "fa-gavel text-danger", text: _t("Penalty")});
        }
        return marks;
    }
}

export const bookingMarksField = {
    component: BookingMarksField,
    displayName: _t("Marks of a booking"),
    supportedTypes: ["integer"],
    fieldDependencies: [
        {name: "has_penalty", type: "boolean"},
        {name: "has_supplier_bill", type: "boolean"},
        {name: "payment_order_state", type: "selection"},
    ],
};

registry.category("fields").add("tour_booking_marks", bookingMarksField);
