import {onWillUnmount, useState} from "@odoo/owl";
import {serializeDate, deserializeDate} from "@web/core/l10n/dates";
import {useService} from "@web/core/utils/hooks";

// The supplier comes first: his account hangs on him.
const ORDER = [
    "partner_id",
    "ref",
    "invoice_date",
    "amount",
    "tax_id",
    "partner_bank_id",
    "order_ids",
];

/**
 * The hints of the record's bill, and what can be done with them.
 *
 * @param {Object} record of a window with the fields of `tour.bill.prepare`
 */
export function useBillHints(record) {
    const service = useService("tour_bill_hints");
    const billId = record.data.move_id?.id;
    if (!billId) {
        return {shelf: {hints: {}, others: [], state: ""}};
    }
    const shelf = useState(service.open(billId));
    onWillUnmount(() => service.close(shelf));
    return {
        shelf,
        fill: (names) => fill(record, shelf, names),
        isFilled: (name) => isFilled(record, shelf.hints[name]),
        canFill: (name) => canFill(record, shelf.hints[name]),
        judge: (name, isWrong) => service.judge(shelf, name, isWrong),
        readAgain: () => service.readAgain(shelf),
    };
}

async function fill(record, shelf, names) {
    for (const name of ORDER.filter((one) => names.includes(one))) {
        const hint = shelf.hints[name];
        if (!canFill(record, hint) || isFilled(record, hint)) {
            continue;
        }
        if (name === "order_ids") {
            await record.data.order_ids.addAndRemove({add: missing(record, hint)});
            continue;
        }
        const values = {...hint.values};
        if (values.invoice_date) {
            values.invoice_date = deserializeDate(values.invoice_date);
        }
        await record.update(values);
    }
}

/** An account is filled in for the supplier whose it is, and for no other. */
function canFill(record, hint) {
    if (!hint?.values || hint.is_dismissed) {
        return false;
    }
    return !hint.partner_id || hint.partner_id === record.data.partner_id?.id;
}

function isFilled(record, hint) {
    if (!hint?.values) {
        return false;
    }
    return Object.entries(hint.values).every(([name, value]) => {
        const entered = record.data[name];
        if (name === "order_ids") {
            return !missing(record, hint).length;
        }
        if (name === "invoice_date") {
            return Boolean(entered) && serializeDate(entered) === value;
        }
        if (value && typeof value === "object") {
            return entered?.id === value.id;
        }
        return value ? entered === value : !entered;
    });
}

function missing(record, hint) {
    const known = new Set(record.data.order_ids.currentIds);
    return hint.values.order_ids.filter((id) => !known.has(id));
}
