import {Component, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatSelection} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useBookingMover} from "../booking_mover";

/** The status as a badge in its colour; a click offers the moves that are allowed. */
export class BookingStatusField extends Component {
    static template = "tour_booking.BookingStatusField";
    static components = {Dropdown, DropdownItem};
    static props = {
        ...standardFieldProps,
        canMove: {type: Boolean, optional: true},
    };
    static defaultProps = {canMove: true};

    setup() {
        this.mover = useBookingMover();
        this.state = useState({moves: null});
    }

    get label() {
        const {fields, data} = this.props.record;
        return formatSelection(data[this.props.name], fields[this.props.name]) || "";
    }

    get color() {
        return this.props.record.data.booking_color || 0;
    }

    get isMovable() {
        return this.props.canMove && Boolean(this.props.record.resId);
    }

    async beforeOpen() {
        this.state.moves = null;
        this.state.moves = await this.mover.loadMoves(this.props.record.resId);
    }

    onMove(move) {
        return this.mover.move(this.props.record, move);
    }
}

export const bookingStatusField = {
    component: BookingStatusField,
    displayName: _t("Booking status"),
    supportedTypes: ["selection"],
    fieldDependencies: [{name: "booking_color", type: "integer"}],
    extractProps: ({options}) => ({canMove: options.can_move ?? true}),
};

registry.category("fields").add("tour_booking_status", bookingStatusField);
