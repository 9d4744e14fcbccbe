import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formView} from "@web/views/form/form_view";

/**
 * A booking that says with its save which version of it was loaded, so that the server
 * can refuse to overwrite what somebody else has changed since.
 */
export class BookingRecord extends formView.Model.Record {
    /** Only while saving: actions that buttons open must not inherit the version. */
    get context() {
        const context = super.context;
        if (!this.isSavingBooking || !this.resId || !this.config.isRoot) {
            return context;
        }
        return {
            ...context,
            tour_booking_version: {id: this.resId, version: this.data.edit_version},
        };
    }

    async _save(params = {}) {
        this.isSavingBooking = true;
        try {
            return await super._save({
                ...params,
                onError: (error, options) =>
                    this.onBookingError(error, options, params.onError),
            });
        } finally {
            this.isSavingBooking = false;
        }
    }

    async onBookingError(error, options, onError) {
        if (error.data?.name?.endsWith(".BookingConflictError")) {
            return this.askAfterConflict(error, options);
        }
        if (onError) {
            return onError(error, options);
        }
        if (!this.isInEdition) {
            await this._load({});
        }
        throw error;
    }

    /** Nothing is saved either way: what was typed stays unless one reloads. */
    askAfterConflict(error, {discard}) {
        return new Promise((resolve) => {
            const stay = () => resolve(false);
            this.model.dialog.add(ConfirmationDialog, {
                title: _t("Somebody else changed this booking"),
                body: error.data.message,
                confirmLabel: _t("Keep what I typed"),
                confirm: stay,
                dismiss: stay,
                cancelLabel: _t("Reload without it"),
                cancel: async () => {
                    discard();
                    await this._load({});
                    resolve(false);
                },
            });
        });
    }
}

export class BookingModel extends formView.Model {
    static Record = BookingRecord;
}

registry.category("views").add("tour_booking_form", {
    ...formView,
    Model: BookingModel,
});
