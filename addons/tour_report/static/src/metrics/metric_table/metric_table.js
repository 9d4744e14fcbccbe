import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {useMetric} from "../metric_card";
import {formatValue, NUMBERS} from "../metric_format";

/**
 * Bookings that somebody should look at: each row opens its booking.
 */
export class MetricTable extends Component {
    static template = "tour_report.MetricTable";
    static props = {card: Object, params: Object};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.metric = useMetric("get_rows", () => this.props);
    }

    get data() {
        return this.metric.state.data;
    }

    get isEmpty() {
        return !this.data.rows.length;
    }

    get allLabel() {
        const {count, counted} = this.data;
        return count > counted
            ? _t("See all: more than %s", counted)
            : _t("See all: %s", count);
    }

    format(value, {kind}) {
        return formatValue(value, kind, this.data.currency_id);
    }

    isNumber({kind}) {
        return NUMBERS.includes(kind);
    }

    async open({booking_id: id}) {
        this.action.doAction(
            await this.orm.call("sale.order", "get_formview_action", [[id]])
        );
    }

    openAll() {
        const {action, domain} = this.data;
        const name = this.props.card.title;
        return this.action.doAction({...action, name, display_name: name, domain});
    }
}
