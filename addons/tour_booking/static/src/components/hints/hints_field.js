import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** What a manager should look at before he goes on, worst first. */
export class HintsField extends Component {
    static template = "tour_booking.HintsField";
    static props = {...standardFieldProps};

    get hints() {
        return this.props.record.data[this.props.name] || [];
    }

    get isSevere() {
        return this.hints.some((hint) => hint.severity === "danger");
    }
}

export const hintsField = {
    component: HintsField,
    displayName: _t("Hints"),
    supportedTypes: ["json"],
};

registry.category("fields").add("tour_hints", hintsField);
