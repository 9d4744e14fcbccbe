import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** One row per category with its choice: not set, send, don't send. */
export class NotificationChoicesField extends Component {
    static template = "tour_notification.NotificationChoicesField";
    static props = {...standardFieldProps};

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    selectId(row) {
        return `tour_notification_choice_${row.category_id}`;
    }

    /** What counts when no choice is made, in words. */
    unsetLabel(row) {
        const sent = row.fallback === "send";
        if (row.fallback_from === "company") {
            return sent
                ? _t("As the company chose: send")
                : _t("As the company chose: don't send");
        }
        return sent ? _t("Not set: send") : _t("Not set: don't send");
    }

    choiceLabel(row) {
        const labels = {send: _t("Send"), dont_send: _t("Don't send")};
        return labels[row.choice] || this.unsetLabel(row);
    }

    onChange(row, value) {
        const rows = this.rows.map((other) =>
            other.category_id === row.category_id
                ? {...other, choice: value || false}
                : {...other}
        );
        return this.props.record.update({[this.props.name]: rows});
    }
}

export const notificationChoicesField = {
    component: NotificationChoicesField,
    displayName: _t("Notification Choices"),
    supportedTypes: ["json"],
};

registry.category("fields").add("tour_notification_choices", notificationChoicesField);
