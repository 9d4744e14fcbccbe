import {useService} from "@web/core/utils/hooks";

/**
 * Moves a booking to another status: at once, or by way of the dialog that asks for the
 * reason. What is refused is said by the server.
 */
export function useBookingMover() {
    const action = useService("action");
    const orm = useService("orm");

    function loadMoves(resId) {
        return orm.call("sale.order", "get_allowed_moves", [[resId]]);
    }

    async function askReason(resId, move) {
        await new Promise((resolve) =>
            action.doAction("tour_booking.tour_booking_move_action", {
                additionalContext: {
                    default_order_ids: [resId],
                    default_state: move.state,
                },
                onClose: resolve,
            })
        );
    }

    async function move(record, target) {
        // In a form, what was typed is kept before the booking moves.
        if ((await record.isDirty()) && !(await record.save())) {
            return;
        }
        if (target.reason_required) {
            await askReason(record.resId, target);
        } else {
            await orm.call("sale.order", "action_move_to", [
                [record.resId],
                target.state,
            ]);
        }
        await reload(record);
    }

    /** A row of a list stays where it is, also when a filter leaves it out now. */
    async function reload(record) {
        if (record.model.root === record || record.model.root.isGrouped) {
            await record.model.load();
        } else {
            await record.load();
        }
    }

    return {loadMoves, move};
}
