import {Component, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {isMacOS} from "@web/core/browser/feature_detection";
import {CopyButton} from "@web/core/copy_button/copy_button";
import {formatCurrency, getCurrency} from "@web/core/currency";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
    serializeDate,
} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {RPCError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {formatFloat} from "@web/views/fields/formatters";
import {parseMonetary} from "@web/views/fields/parsers";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {BillWeek} from "../bill_week/bill_week";
import {BillFile} from "./bill_file";
import {BillLease} from "./bill_lease";

const REFUSALS = [
    "odoo.exceptions.UserError",
    "odoo.exceptions.ValidationError",
    "odoo.exceptions.AccessError",
    "odoo.exceptions.MissingError",
    "odoo.exceptions.LockError",
];

/** What the server refuses, in words; whatever else went wrong is thrown on. */
function getRefusal(error) {
    if (error instanceof RPCError && REFUSALS.includes(error.exceptionName)) {
        return error.data.message;
    }
    throw error;
}

/**
 * One bill at a time, dealt by the server: what is done with it goes there with the
 * last event that was seen, and the next one comes in the answer.
 */
export class BillDesk extends Component {
    static template = "tour_bill_desk.BillDesk";
    static components = {
        BillFile,
        BillLease,
        BillWeek,
        CopyButton,
        DateTimeInput,
        Layout,
    };
    static props = {...standardActionServiceProps};
    static queue = "";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.note = useRef("note");
        this.data = useRef("data");
        this.state = useState({
            bill: false,
            left: 0,
            dealt: 0,
            skipped: this.props.state?.skipped || [],
            draft: {},
            // What became of the bill shown: "", "over" (its time) or "gone".
            end: "",
            error: "",
            done: "",
            isBusy: false,
        });
        useSetupAction({
            getLocalState: () => ({skipped: [...this.state.skipped]}),
        });
        this.listen();
        // The next bill is read from its top.
        useEffect(
            (data) => {
                if (data) {
                    data.scrollTop = 0;
                }
            },
            () => [this.data.el, this.state.bill.id]
        );
        onWillStart(async () => {
            this.isDirector = await user.hasGroup("tour_partner.tour_group_director");
            await this.next();
        });
    }

    /** Hear at once that somebody else moved the bill. */
    listen() {
        const bus = useService("bus_service");
        useEffect(
            () => {
                const onChanged = ({id, text}) => {
                    if (id === this.state.bill.id && !this.state.isBusy) {
                        this.state.end = "gone";
                        this.state.error = text;
                    }
                };
                bus.subscribe("tour_bill_desk/changed", onChanged);
                return () => bus.unsubscribe("tour_bill_desk/changed", onChanged);
            },
            () => []
        );
    }

    get queue() {
        return this.constructor.queue;
    }

    get bill() {
        return this.state.bill;
    }

    // === What the server is asked for ===

    async ask(method, ...args) {
        return this.orm.call("account.move", method, [this.queue, ...args]);
    }

    /**
     * Ask for something, once at a time; a refusal is shown above what comes next.
     */
    async attempt(callback) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            this.show(await callback());
            this.state.error = "";
        } catch (error) {
            this.state.error = getRefusal(error);
            this.state.done = "";
            await this.showNext();
        } finally {
            this.state.isBusy = false;
        }
    }

    async showNext() {
        try {
            this.show(await this.ask("bill_desk_next", this.state.skipped));
        } catch (error) {
            // Nothing is dealt to this user at all.
            this.state.error = getRefusal(error);
            this.state.bill = false;
            this.state.end = "refused";
        }
    }

    show({bill, left}) {
        const shown = this.state.bill;
        const isSame = bill && bill.id === shown.id && bill.seen === shown.seen;
        if (bill && !isSame) {
            this.state.draft = this.getDraft(bill);
        }
        Object.assign(this.state, {bill, left, end: ""});
        this.state.dealt++;
    }

    getDraft(bill) {
        const payDate = bill.pay_date < bill.today ? bill.today : bill.pay_date;
        return {
            amount: this.formatAmount(bill.pay_amount, bill.currency_id),
            date: payDate && deserializeDate(payDate),
            note: "",
            needsNote: false,
        };
    }

    next() {
        this.state.done = "";
        return this.attempt(() => this.ask("bill_desk_next", this.state.skipped));
    }

    restart() {
        this.state.skipped = [];
        return this.next();
    }

    skip() {
        const {bill, skipped} = this.state;
        this.state.done = "";
        return this.attempt(async () => {
            const answer = await this.ask("bill_desk_skip", bill.id, skipped);
            this.state.skipped.push(bill.id);
            return answer;
        });
    }

    keep() {
        const {id, seen} = this.bill;
        return this.attempt(() => this.ask("bill_desk_keep", id, seen));
    }

    async act(act) {
        const {bill, draft, skipped} = this.state;
        const values = this.getValues(act);
        if (!values) {
            return;
        }
        await this.attempt(async () => {
            const answer = await this.ask(
                "bill_desk_act",
                bill.id,
                act,
                bill.seen,
                values,
                skipped
            );
            this.state.done = {id: bill.id, text: `${bill.name}: ${this.acts[act]}`};
            draft.note = "";
            return answer;
        });
    }

    /** What goes with the act; nothing if that is not filled in. */
    getValues(act) {
        const {draft} = this.state;
        const note = draft.note.trim();
        if (act !== "approve" && act !== "order" && !note) {
            draft.needsNote = true;
            this.note.el.focus();
            return false;
        }
        if (act !== "approve") {
            return {note};
        }
        try {
            const date = draft.date ? serializeDate(draft.date) : "";
            return {note, amount: parseMonetary(draft.amount), pay_date: date};
        } catch {
            this.state.error = _t("Enter how much to pay as a number.");
            return false;
        }
    }

    // === What is shown ===

    get acts() {
        return {
            approve: _t("approved"),
            order: _t("payment order made"),
            send_back: _t("sent back to the manager"),
            to_director: _t("sent back to the director"),
        };
    }

    get title() {
        const {number, date} = this.bill;
        return _t("Bill %(number)s of %(date)s", {number, date: this.day(date)});
    }

    /** Who did it, and in whose place. */
    getWho({who, instead_of: other}) {
        return other ? _t("%(who)s in place of %(other)s", {who, other}) : who;
    }

    get keys() {
        return isMacOS() ? "Ctrl" : "Alt";
    }

    get isLocked() {
        return this.state.isBusy || Boolean(this.state.end);
    }

    money(amount) {
        return formatCurrency(amount, this.bill.currency_id);
    }

    formatAmount(amount, currencyId = this.bill.currency_id) {
        const {digits} = getCurrency(currencyId) || {digits: [16, 2]};
        return formatFloat(amount, {digits});
    }

    /** As banks' programs take it: no spaces, a dot. */
    get plainAmount() {
        const {digits} = getCurrency(this.bill.currency_id) || {digits: [16, 2]};
        return this.bill.pay_amount.toFixed(digits[1]);
    }

    day(value) {
        return value ? formatDate(deserializeDate(value)) : "";
    }

    moment(value) {
        return formatDateTime(deserializeDateTime(value), {showSeconds: false});
    }

    onOver() {
        if (!this.state.end) {
            this.state.end = "over";
        }
    }

    // === Elsewhere ===

    openBill(id) {
        return this.openAction("tour_bill.account_move_action_bill", {
            res_id: id,
            view_mode: "form",
        });
    }

    openBooking(id) {
        return this.openAction("tour_booking.sale_order_action_booking", {
            res_id: id,
            view_mode: "form",
        });
    }

    openBills({name, domain}) {
        return this.openAction("tour_bill.account_move_action_bill", {name, domain});
    }

    async openAction(xmlid, values) {
        const action = await this.action.loadAction(xmlid);
        if (values.res_id) {
            action.views = action.views.filter(([, type]) => type === "form");
        }
        return this.action.doAction({...action, context: {}, ...values});
    }
}

export class DirectorDesk extends BillDesk {
    static queue = "director";
}

export class AccountantDesk extends BillDesk {
    static queue = "accounting";
}

registry.category("actions").add("tour_bill_desk_director", DirectorDesk);
registry.category("actions").add("tour_bill_desk_accountant", AccountantDesk);
