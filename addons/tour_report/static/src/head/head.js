import {Component, markRaw, onWillStart, useState} from "@odoo/owl";
import {formatCurrency} from "@web/core/currency";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {deserializeDate, formatDate, serializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {formatFloat} from "@web/views/fields/formatters";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useRefusals} from "../metrics/metric_card";

const MODEL = "tour.report.head";

/**
 * Income and expense by article in a period, beside the period before and the year
 * before; each figure opens its entries.
 */
export class Head extends Component {
    static template = "tour_report.Head";
    static components = {DateTimeInput, Layout};
    static props = {...standardActionServiceProps};
    static displayName = _t("Income and expense");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.refuse = useRefusals();
        this.keepLast = new KeepLast();
        // A new version puts back what was entered and refused.
        this.state = useState({data: null, version: 0});
        onWillStart(() => this.load([]));
    }

    async load(args) {
        const call = this.keepLast.add(this.orm.call(MODEL, "get_report", args));
        const data = await this.refuse(call);
        this.state.data = data ? markRaw(data) : this.state.data;
        this.state.version++;
    }

    /** What is chosen, as the server takes it. */
    get chosen() {
        const {preset, periods} = this.state.data;
        return [preset, ...periods[0]];
    }

    get result() {
        return {name: _t("Result"), ...this.state.data.result};
    }

    choosePreset(preset) {
        const [, from, to] = this.chosen;
        this.load([preset, from, to]);
    }

    getDay(place) {
        return deserializeDate(this.state.data.periods[0][place]);
    }

    chooseDay(place, day) {
        if (!day) {
            return;
        }
        const days = [...this.state.data.periods[0]];
        days[place] = serializeDate(day);
        if (days[0] > days[1]) {
            // The other end comes along.
            days[1 - place] = days[place];
        }
        this.load(["custom", ...days]);
    }

    async saveSheet() {
        const call = this.orm.call(MODEL, "make_file", this.chosen);
        const action = await this.refuse(call);
        if (action) {
            this.action.doAction(action);
        }
    }

    async openEntries(place, section, accountId) {
        const days = this.state.data.periods[place];
        const args = [...days, section || false, accountId || false];
        const action = await this.refuse(
            this.orm.call(MODEL, "get_entries_action", args)
        );
        if (action) {
            this.action.doAction(action);
        }
    }

    openOverdue(row) {
        this.action.doAction(row.action);
    }

    formatPeriod(place) {
        const [from, to] = this.state.data.periods[place].map((day) =>
            formatDate(deserializeDate(day))
        );
        return `${from} – ${to}`;
    }

    formatMoney(amount) {
        return formatCurrency(amount, this.state.data.currency_id);
    }

    formatPercent(percent) {
        return percent === null ? "–" : `${formatFloat(percent, {digits: [16, 1]})} %`;
    }
}

registry.category("actions").add("tour_report.head", Head);
