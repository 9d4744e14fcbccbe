import {getColor, getCustomColor} from "@web/core/colors/colors";
import {formatValue} from "../metric_format";

/**
 * A picture is looked at outside of Odoo, on paper maybe.
 */
const background = {
    id: "background",
    beforeDraw({ctx, width, height}) {
        ctx.save();
        ctx.fillStyle = "#ffffff";
        ctx.fillRect(0, 0, width, height);
        ctx.restore();
    },
};

function getDataset(measure, place, {look, scheme}) {
    const color = getColor(2 * place, scheme, "sm");
    return {
        label: measure.label,
        data: measure.values,
        yAxisID: measure.kind,
        backgroundColor: color,
        ...(look === "line"
            ? {borderColor: color, borderWidth: 2, pointRadius: 3, pointHitRadius: 20}
            : {borderRadius: 4, maxBarThickness: 64}),
    };
}

function getScales({figures, scheme}) {
    const color = getCustomColor(scheme, "#111827", "#E4E4E4");
    const gridColor = getCustomColor(scheme, "rgba(0,0,0,.1)", "rgba(255,255,255,.15)");
    const kinds = [...new Set(figures.measures.map((measure) => measure.kind))];
    const scales = {x: {grid: {display: false}, ticks: {color, maxRotation: 45}}};
    kinds.forEach((kind, place) => {
        const short = {humanReadable: true, noSymbol: true, digits: [16, 0]};
        scales[kind] = {
            position: place ? "right" : "left",
            beginAtZero: true,
            border: {display: false},
            // Lines of one scale only, or they would cross.
            grid: {color: gridColor, display: !place},
            ticks: {
                color,
                maxTicksLimit: 6,
                precision: kind === "count" ? 0 : undefined,
                callback: (value) =>
                    formatValue(value, kind, figures.currency_id, short),
            },
        };
    });
    return scales;
}

/**
 * @param {Object} options
 * @param {Object} options.figures of the server
 * @param {"bar"|"line"} options.look
 * @param {String} [options.scheme] "dark" or not
 * @param {Function} [options.onSelect] what happens when a point is clicked
 */
export function getChartConfig({figures, look, scheme, onSelect}) {
    const options = {figures, look, scheme};
    return {
        type: look,
        data: {
            labels: figures.labels,
            datasets: figures.measures.map((measure, place) =>
                getDataset(measure, place, options)
            ),
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            interaction: {mode: "index", intersect: false},
            onClick: (ev, [point]) => point && onSelect?.(point.index),
            onHover: (ev, points) => {
                ev.native.target.style.cursor = points.length ? "pointer" : "default";
            },
            plugins: {
                legend: {
                    display: figures.measures.length > 1,
                    position: "bottom",
                    labels: {
                        boxWidth: 12,
                        color: getCustomColor(scheme, "#111827", "#E4E4E4"),
                    },
                },
                tooltip: {
                    callbacks: {
                        label: ({datasetIndex, raw}) => {
                            const {label, kind} = figures.measures[datasetIndex];
                            return `${label}: ${formatValue(
                                raw,
                                kind,
                                figures.currency_id
                            )}`;
                        },
                    },
                },
            },
            scales: getScales(options),
        },
    };
}

/**
 * The same as a picture that stands for itself: with its title, on white.
 *
 * @param {Object} options as above, and `title`, the lines above the chart
 */
export function getPictureConfig({title, ...options}) {
    const config = getChartConfig({...options, scheme: "bright"});
    Object.assign(config.options, {
        responsive: false,
        devicePixelRatio: 2,
        layout: {padding: 16},
        events: [],
    });
    config.options.plugins.title = {
        display: true,
        text: title,
        color: "#111827",
        font: {size: 16},
    };
    config.plugins = [background];
    return config;
}
