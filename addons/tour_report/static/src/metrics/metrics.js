import {Component, markRaw, onWillStart, useState} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {deserializeDate, serializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {MultiRecordSelector} from "@web/core/record_selectors/multi_record_selector";
import {registry} from "@web/core/registry";
import {Mutex} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useRefusals} from "./metric_card";
import {MetricChart} from "./metric_chart/metric_chart";
import {MetricTable} from "./metric_table/metric_table";

/**
 * Charts and tables of a period that is chosen once for all of them. What is chosen is
 * remembered by the server, and checked there.
 */
export class Metrics extends Component {
    static template = "tour_report.Metrics";
    static components = {
        DateTimeInput,
        Layout,
        MetricChart,
        MetricTable,
        MultiRecordSelector,
    };
    static props = {...standardActionServiceProps};
    static displayName = _t("Metrics");

    setup() {
        this.orm = useService("orm");
        this.refuse = useRefusals();
        // One choice after the other: each begins with what the one before came to, and
        // the last of them is remembered.
        this.mutex = new Mutex();
        // A new version puts back what was entered and refused.
        this.state = useState({screen: null, version: 0});
        onWillStart(async () => {
            const [screen] = await Promise.all([
                this.refuse(this.load([])),
                loadBundle("web.chartjs_lib"),
            ]);
            this.state.screen = screen ? markRaw(screen) : null;
        });
    }

    get params() {
        return this.state.screen.params;
    }

    load(args) {
        return this.orm.call("tour.report.metric", "get_metrics", args);
    }

    choose(changes) {
        return this.mutex.exec(async () => {
            const params = {...this.params, ...changes};
            const screen = await this.refuse(this.load([params]));
            if (screen) {
                this.state.screen = markRaw(screen);
            } else {
                this.state.version++;
            }
        });
    }

    getDay(name) {
        return deserializeDate(this.params[name]);
    }

    chooseDay(name, day) {
        if (!day) {
            return;
        }
        const {date_from, date_to} = this.params;
        const days = {date_from, date_to, [name]: serializeDate(day)};
        if (days.date_from > days.date_to) {
            // The other end comes along.
            days.date_from = days.date_to = days[name];
        }
        this.choose({preset: "custom", ...days});
    }
}

registry.category("actions").add("tour_report.metrics", Metrics);
