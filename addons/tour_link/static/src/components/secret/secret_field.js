import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component, onWillStart, useState} from "@odoo/owl";

/**
 * Personal data that come masked. A look at them is asked of the server, which writes
 * it down; what is seen stays in this component only. Typing replaces what is there.
 */
export class SecretField extends Component {
    static template = "tour_link.SecretField";
    static props = {
        ...standardFieldProps,
        inputType: {type: String},
        secret: {type: String},
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({isFocused: false, value: null});
        onWillStart(async () => {
            this.mayLook = await user.hasGroup("tour_link.tour_group_right_guest_data");
        });
    }

    get stored() {
        return this.props.record.data[this.props.name] || "";
    }

    get isMasked() {
        return this.stored.includes("•");
    }

    /** What may be edited: nothing of a mask. */
    get value() {
        return this.isMasked ? (this.state.value ?? "") : this.stored;
    }

    get text() {
        return this.isMasked ? (this.state.value ?? this.stored) : this.stored;
    }

    /** A date's own input shows no placeholder, so that the mask needs a text's. */
    get inputType() {
        const isPlain = this.isMasked && !this.value && !this.state.isFocused;
        return isPlain ? "text" : this.props.inputType;
    }

    get canShow() {
        const {resId} = this.props.record;
        return this.mayLook && resId && this.isMasked && this.state.value === null;
    }

    get showTitle() {
        return _t("Show. The look is logged.");
    }

    async onShow() {
        const {resId} = this.props.record;
        const seen = await this.orm.call("tour.guest", "action_look", [[resId]]);
        this.state.value = seen[resId][this.props.secret];
    }

    onChange(ev) {
        const value = ev.target.value;
        const wasSeen = this.state.value !== null;
        // A mask that nobody saw through is kept by leaving the input empty.
        if (value || wasSeen || !this.isMasked) {
            this.state.value = null;
            this.props.record.update({[this.props.name]: value});
        }
    }
}

export const secretField = {
    component: SecretField,
    supportedTypes: ["char"],
    extractProps: ({options}) => ({
        inputType: options.type || "text",
        secret: options.secret,
    }),
};

registry.category("fields").add("tour_secret", secretField);
