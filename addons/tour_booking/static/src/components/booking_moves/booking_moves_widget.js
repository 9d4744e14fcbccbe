import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useBookingMover} from "../booking_mover";

// The move that a booking usually makes next; it stands first.
const NEXT = {
    new: "accepted",
    accepted: "confirmed",
    awaiting_client: "client_confirmed",
    client_confirmed: "confirmed",
    confirmed: "booked",
    booked: "done",
    reposting: "done",
};
// Keys that the web client leaves to forms.
const HOTKEYS = ["q", "w", "e", "r"];

/**
 * The moves of the booking as buttons: those that just go on, with a key each, and
 * those that need a reason in a menu.
 */
export class BookingMovesWidget extends Component {
    static template = "tour_booking.BookingMovesWidget";
    static components = {Dropdown, DropdownItem};
    static props = {...standardWidgetProps};

    setup() {
        this.mover = useBookingMover();
    }

    get moves() {
        return (this.props.record.resId && this.props.record.data.allowed_moves) || [];
    }

    get buttons() {
        const next = NEXT[this.props.record.data.booking_state];
        return this.moves
            .filter((move) => !move.reason_required)
            .sort((a, b) => (b.state === next) - (a.state === next))
            .slice(0, HOTKEYS.length)
            .map((move, index) => ({...move, hotkey: HOTKEYS[index]}));
    }

    get others() {
        const shown = new Set(this.buttons.map((move) => move.state));
        return this.moves.filter((move) => !shown.has(move.state));
    }

    onMove(move) {
        return this.mover.move(this.props.record, move);
    }
}

export const bookingMovesWidget = {
    component: BookingMovesWidget,
    fieldDependencies: [
        {name: "allowed_moves", type: "json"},
        {name: "booking_state", type: "selection"},
    ],
};

registry.category("view_widgets").add("tour_booking_moves", bookingMovesWidget);
