import {Component, onWillStart, onWillUpdateProps, useEffect, useRef} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";
import {cookie} from "@web/core/browser/cookie";
import {getColor, getCustomColor} from "@web/core/colors/colors";
import {formatCurrency} from "@web/core/currency";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

const COLORS = {director: 3, accounting: 0, ordered: 2};

/**
 * What is planned to be paid on each day of the week ahead, for the director. A click
 * on a bar gives its bills to whoever shows the chart.
 */
export class BillWeek extends Component {
    static template = "tour_bill_desk.BillWeek";
    static props = {
        onSelect: Function,
        // Another one means that bills have moved.
        version: {type: [Number, Object], optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.canvas = useRef("canvas");
        this.scheme = cookie.get("color_scheme");
        onWillStart(() => Promise.all([loadBundle("web.chartjs_lib"), this.load()]));
        onWillUpdateProps(() => this.load());
        useEffect(
            () => {
                const chart = new window.Chart(this.canvas.el, this.getConfig());
                return () => chart.destroy();
            },
            () => [this.week]
        );
    }

    async load() {
        this.week = await this.orm.call("account.move", "bill_desk_week", []);
    }

    format(amount) {
        return formatCurrency(amount, this.week.currency_id);
    }

    get total() {
        const amounts = this.week.days.flatMap((day) => Object.values(day.amounts));
        return this.format(amounts.reduce((sum, amount) => sum + amount, 0));
    }

    getLabel(day) {
        if (!day.date) {
            return _t("Late");
        }
        const date = deserializeDate(day.date);
        return [date.toFormat("ccc"), formatDate(date)];
    }

    getConfig() {
        const {days, states} = this.week;
        const gridColor = getCustomColor(this.scheme, "#d8dadd", "#3C3E4B");
        const textColor = getCustomColor(this.scheme, "#111827", "#E4E4E4");
        const lateColor = getCustomColor(this.scheme, "#d23f3a", "#ff5757");
        return {
            type: "bar",
            data: {
                labels: days.map((day) => this.getLabel(day)),
                datasets: states.map((state) => ({
                    label: state.name,
                    data: days.map((day) => day.amounts[state.code]),
                    backgroundColor: getColor(COLORS[state.code], this.scheme, "sm"),
                    maxBarThickness: 64,
                })),
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                onClick: (ev, [bar]) => bar && this.select(bar),
                onHover: (ev, bars) => {
                    ev.native.target.style.cursor = bars.length ? "pointer" : "default";
                },
                plugins: {
                    legend: {
                        position: "right",
                        labels: {boxWidth: 12, color: textColor},
                    },
                    tooltip: {
                        callbacks: {
                            label: ({dataset, raw}) =>
                                `${dataset.label}: ${this.format(raw)}`,
                        },
                    },
                },
                scales: {
                    x: {
                        stacked: true,
                        grid: {display: false},
                        ticks: {
                            color: ({index}) =>
                                index === 0 && days[0].count ? lateColor : textColor,
                        },
                    },
                    y: {
                        stacked: true,
                        beginAtZero: true,
                        suggestedMax: 1,
                        grid: {color: gridColor},
                        ticks: {
                            color: textColor,
                            maxTicksLimit: 4,
                            callback: (value) =>
                                formatCurrency(value, this.week.currency_id, {
                                    humanReadable: true,
                                    noSymbol: true,
                                    digits: [16, 0],
                                }),
                        },
                    },
                },
            },
        };
    }

    select({datasetIndex, index}) {
        const state = this.week.states[datasetIndex];
        const day = this.week.days[index];
        this.props.onSelect({
            name: `${state.name}: ${[this.getLabel(day)].flat().at(-1)}`,
            domain: [...day.domain, ["tour_bill_state", "=", state.code]],
        });
    }
}
