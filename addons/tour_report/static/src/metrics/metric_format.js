import {formatCurrency} from "@web/core/currency";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {formatFloat, formatInteger} from "@web/views/fields/formatters";

export const NUMBERS = ["count", "money", "number"];

/**
 * A figure, or the cell of a table, as one reads it.
 *
 * @param {any} value
 * @param {"count"|"money"|"number"|"date"|"text"} kind
 * @param {Number} currencyId
 * @param {Object} [options] of `formatCurrency`
 */
export function formatValue(value, kind, currencyId, options = {}) {
    switch (kind) {
        case "count":
            return formatInteger(value);
        case "money":
            return formatCurrency(value || 0, currencyId, options);
        case "number":
            return formatFloat(value || 0);
        case "date":
            return value ? formatDate(deserializeDate(value)) : "";
    }
    return value || "";
}
