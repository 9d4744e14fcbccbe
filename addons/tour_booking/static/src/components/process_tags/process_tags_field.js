import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Tags that processes put on a booking, as badges. Nobody can remove one. */
export class ProcessTagsField extends Component {
    static template = "tour_booking.ProcessTagsField";
    static props = {...standardFieldProps};

    get tags() {
        return this.props.record.data[this.props.name] || [];
    }
}

export const processTagsField = {
    component: ProcessTagsField,
    displayName: _t("Tags of processes"),
    supportedTypes: ["json"],
};

registry.category("fields").add("tour_process_tags", processTagsField);
