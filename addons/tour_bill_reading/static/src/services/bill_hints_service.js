import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";

// How often to ask where no message comes, as behind a proxy without websockets.
const EVERY = 4000;

/**
 * What the files of bills say, one shelf for each bill that is open on the screen: asked
 * for once, and again when the server tells that the file is read.
 */
export const tourBillHintsService = {
    dependencies: ["bus_service", "orm"],
    start(env, {bus_service, orm}) {
        const shelves = new Map();

        function open(billId) {
            let shelf = shelves.get(billId);
            if (!shelf) {
                shelf = reactive({billId, state: "", text: "", hints: {}, others: []});
                shelf.users = 0;
                shelves.set(billId, shelf);
                load(shelf);
            }
            shelf.users++;
            return shelf;
        }

        function close(shelf) {
            shelf.users--;
            if (!shelf.users) {
                clearTimeout(shelf.timer);
                shelves.delete(shelf.billId);
            }
        }

        async function load(shelf) {
            clearTimeout(shelf.timer);
            const found = await orm.silent.call("account.move", "get_bill_hints", [
                [shelf.billId],
            ]);
            Object.assign(shelf, found);
            if (shelf.state === "reading" && shelf.users) {
                shelf.timer = setTimeout(() => load(shelf), EVERY);
            }
        }

        async function judge(shelf, name, isWrong) {
            await orm.call("account.move", "dismiss_bill_hint", [
                [shelf.billId],
                name,
                isWrong,
            ]);
            await load(shelf);
        }

        async function readAgain(shelf) {
            await orm.call("account.move", "action_read_bill_again", [[shelf.billId]]);
            await load(shelf);
        }

        bus_service.subscribe("tour_bill_reading", ({bill_id}) => {
            if (shelves.has(bill_id)) {
                load(shelves.get(bill_id));
            }
        });
        bus_service.start();
        return {open, close, judge, readAgain};
    },
};

registry.category("services").add("tour_bill_hints", tourBillHintsService);
