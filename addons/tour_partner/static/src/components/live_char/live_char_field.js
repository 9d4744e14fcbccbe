import {registry} from "@web/core/registry";
import {useDebounced} from "@web/core/utils/timing";
import {CharField, charField} from "@web/views/fields/char/char_field";

import {useEffect} from "@odoo/owl";

const PAUSE = 500;

/**
 * A text field that tells the model of its value at each pause in typing, so that
 * warnings computed from it show before the user leaves the field.
 */
export class LiveCharField extends CharField {
    setup() {
        super.setup();
        const commit = useDebounced(() => this.commit(), PAUSE);
        useEffect(
            (input) => {
                input?.addEventListener("input", commit);
                return () => input?.removeEventListener("input", commit);
            },
            () => [this.input.el]
        );
    }

    async commit() {
        const value = this.input.el && this.parse(this.input.el.value);
        if (
            typeof value === "string" &&
            value !== (this.props.record.data[this.props.name] || "")
        ) {
            await this.props.record.update({[this.props.name]: value});
        }
    }
}

export const liveCharField = {
    ...charField,
    component: LiveCharField,
};

registry.category("fields").add("tour_live_char", liveCharField);
