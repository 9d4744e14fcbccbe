import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * The one action of a row of 'Today', as a button. What was done at once, or in a
 * dialog, goes from the list.
 */
export class TodayActionField extends Component {
    static template = "tour_desk.TodayActionField";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get label() {
        return this.props.record.data[this.props.name];
    }

    async onClick() {
        const {record} = this.props;
        const reload = () => record.model.load();
        const next = await this.orm.call(record.resModel, "action_do", [
            [record.resId],
        ]);
        if (next && typeof next === "object") {
            return this.action.doAction(next, {onClose: reload});
        }
        return reload();
    }
}

export const todayActionField = {
    component: TodayActionField,
    displayName: _t("Action of the row"),
    supportedTypes: ["char"],
};

registry.category("fields").add("tour_today_action", todayActionField);
