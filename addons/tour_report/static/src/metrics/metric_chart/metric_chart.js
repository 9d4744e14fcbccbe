import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {cookie} from "@web/core/browser/cookie";
import {Domain} from "@web/core/domain";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {downloadFile} from "@web/core/network/download";
import {useService} from "@web/core/utils/hooks";
import {useMetric} from "../metric_card";
import {formatValue} from "../metric_format";
import {getChartConfig, getPictureConfig} from "./chart_config";

const PICTURE = {width: 1200, height: 600};

/**
 * One chart: a click on a bar or a point opens the records behind it. The same figures
 * as a table are for who does not see it or has no mouse.
 */
export class MetricChart extends Component {
    static template = "tour_report.MetricChart";
    static props = {card: Object, params: Object};

    setup() {
        this.action = useService("action");
        this.metric = useMetric("get_figures", () => this.props);
        this.state = useState({isTable: false});
        this.canvas = useRef("canvas");
        useEffect(
            (canvas) => {
                if (!canvas) {
                    return;
                }
                const chart = new window.Chart(canvas, this.config);
                return () => chart.destroy();
            },
            () => [this.canvas.el, this.figures]
        );
    }

    get figures() {
        return this.metric.state.data;
    }

    get isEmpty() {
        return !this.figures.measures.some(({values}) => values.some(Boolean));
    }

    get config() {
        return getChartConfig({
            figures: this.figures,
            look: this.props.card.look,
            scheme: cookie.get("color_scheme"),
            onSelect: (index) => this.open(index),
        });
    }

    format(value, {kind}) {
        return formatValue(value, kind, this.figures.currency_id);
    }

    open(index) {
        const {action, domain, domains, labels} = this.figures;
        const name = `${this.props.card.title}: ${labels[index]}`;
        return this.action.doAction({
            ...action,
            name,
            display_name: name,
            domain: Domain.and([domain, domains[index]]).toList(),
        });
    }

    savePicture() {
        const {card} = this.props;
        const days = this.figures.days.map((day) => formatDate(deserializeDate(day)));
        const title = [card.title, days.join(" – ")];
        const canvas = Object.assign(document.createElement("canvas"), PICTURE);
        const chart = new window.Chart(
            canvas,
            getPictureConfig({figures: this.figures, look: card.look, title})
        );
        canvas.toBlob((blob) => {
            chart.destroy();
            downloadFile(blob, `${card.title}.png`, "image/png");
        });
    }
}
