import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Stands beside a price that a person typed, says what would be computed, and gives the
 * typed value up on a click.
 */
export class TypedValueField extends Component {
    static template = "tour_booking.TypedValueField";
    static props = {
        ...standardFieldProps,
        field: String,
        step: {type: String, optional: true},
    };

    get typedFields() {
        return this.props.record.data[this.props.name] || [];
    }

    get isTyped() {
        return this.typedFields.includes(this.props.field);
    }

    /** The computed amount as the calculation has it, if it says one. */
    get computed() {
        const steps = this.props.record.data.price_calculation || [];
        const step = steps.find(({code}) => code === this.props.step);
        return step?.computed || "";
    }

    get title() {
        return this.computed
            ? _t("Typed by hand; computed: %s. Compute it again.", this.computed)
            : _t("Typed by hand. Compute it again.");
    }

    onClick() {
        return this.props.record.update({
            [this.props.name]: this.typedFields.filter(
                (name) => name !== this.props.field
            ),
        });
    }
}

export const typedValueField = {
    component: TypedValueField,
    displayName: _t("Typed value"),
    supportedTypes: ["json"],
    extractProps: ({options}) => ({field: options.field, step: options.step}),
};

registry.category("fields").add("tour_typed_value", typedValueField);
