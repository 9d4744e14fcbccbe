import {_t} from "@web/core/l10n/translation";
import {
    BookingMarksField,
    bookingMarksField,
} from "@tour_booking/components/booking_marks/booking_marks_field";
import {patch} from "@web/core/utils/patch";

/** Two more marks of a booking: in reposting, and overpaid. */
patch(BookingMarksField.prototype, {
    get marks() {
        const {is_reposting: isReposting, is_overpaid: isOverpaid} =
            this.props.record.data;
        const marks = super.marks;
        // First, as the column shows few.
        if (isOverpaid) {
            marks.unshift({
                icon: "fa-money text-danger",
                text: _t("Supplier overpaid"),
            });
        }
        if (isReposting) {
            marks.unshift({icon: "fa-refresh text-warning", text: _t("Reposting")});
        }
        return marks;
    },
});

bookingMarksField.fieldDependencies.push(
    {name: "is_overpaid", type: "boolean"},
    {name: "is_reposting", type: "boolean"}
);
