import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useBillHints} from "../use_bill_hints";

const LEVELS = {
    sure: {dots: "●●●", name: _t("Sure"), className: "text-success"},
    likely: {dots: "●●○", name: _t("Likely"), className: "text-warning"},
    doubtful: {dots: "●○○", name: _t("Doubtful"), className: "text-danger"},
};

/**
 * What the bill's file says of one field: a click fills it in, a click says that it is
 * wrong.
 */
export class BillHintWidget extends Component {
    static template = "tour_bill_reading.BillHintWidget";
    static props = {...standardWidgetProps, field: String};

    setup() {
        this.bill = useBillHints(this.props.record);
    }

    get hint() {
        return this.bill.shelf.hints?.[this.props.field];
    }

    get level() {
        return LEVELS[this.hint.level];
    }

    get isFilled() {
        return this.bill.isFilled(this.props.field);
    }

    get canFill() {
        return this.bill.canFill(this.props.field);
    }

    get title() {
        const {why, rival} = this.hint;
        const wait = this.hint.partner_id && !this.canFill;
        return [
            `${this.level.name}: ${why}`,
            rival,
            wait && _t("Choose its owner as supplier first."),
        ]
            .filter(Boolean)
            .join("\n");
    }

    onFill() {
        return this.bill.fill([this.props.field]);
    }

    onJudge(isWrong) {
        return this.bill.judge(this.hint.name, isWrong);
    }
}

export const billHintWidget = {
    component: BillHintWidget,
    extractProps: ({options}) => ({field: options.field}),
    fieldDependencies: [
        {name: "move_id", type: "many2one"},
        {name: "currency_id", type: "many2one"},
    ],
};

registry.category("view_widgets").add("tour_bill_hint", billHintWidget);
