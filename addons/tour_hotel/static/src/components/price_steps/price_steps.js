import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * The sum behind a price, one row per step. Its value is what
 * `tour.price.mixin._render_price_steps` returns.
 */
export class PriceStepsField extends Component {
    static template = "tour_hotel.PriceStepsField";
    static props = {...standardFieldProps};

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }

    typedHint(step) {
        return step.computed
            ? _t("Typed by hand; computed: %(value)s", {value: step.computed})
            : _t("Typed by hand");
    }
}

export const priceStepsField = {
    component: PriceStepsField,
    displayName: _t("Price steps"),
    supportedTypes: ["json"],
};

registry.category("fields").add("tour_price_steps", priceStepsField);
