import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useBillHints} from "../use_bill_hints";

/** How reading the bill's file goes, what else it says, and all sure hints at once. */
export class BillReadingWidget extends Component {
    static template = "tour_bill_reading.BillReadingWidget";
    static props = {...standardWidgetProps};

    setup() {
        this.bill = useBillHints(this.props.record);
    }

    get shelf() {
        return this.bill.shelf;
    }

    /** Fields with a sure hint that is not filled in yet. */
    get sure() {
        const names = Object.entries(this.shelf.hints || {})
            .filter(([, hint]) => hint.level === "sure" && !hint.rival)
            .filter(([, hint]) => hint.values && !hint.is_dismissed)
            .map(([name]) => name)
            .filter((name) => !this.bill.isFilled(name));
        // An account waits for its supplier, who may be among them.
        return names.filter(
            (name) => this.bill.canFill(name) || names.includes("partner_id")
        );
    }

    onFill() {
        return this.bill.fill(this.sure);
    }

    onReadAgain() {
        return this.bill.readAgain();
    }
}

export const billReadingWidget = {
    component: BillReadingWidget,
    fieldDependencies: [{name: "move_id", type: "many2one"}],
};

registry.category("view_widgets").add("tour_bill_reading", billReadingWidget);
