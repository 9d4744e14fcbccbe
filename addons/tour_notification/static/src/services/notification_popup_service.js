import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";

/**
 * Shows what the server tells the user at once; its button leads to the record and
 * takes the message out of the unread ones.
 */
export const tourNotificationPopupService = {
    dependencies: ["action", "bus_service", "notification", "orm"],
    start(env, {action, bus_service, notification, orm}) {
        function show({message, message_id, model, res_id, title}) {
            const popup = {};
            const open = async () => {
                popup.close();
                await action.doAction({
                    type: "ir.actions.act_window",
                    res_model: model,
                    res_id,
                    views: [[false, "form"]],
                });
                await orm.call("mail.message", "set_message_done", [[message_id]]);
            };
            popup.close = notification.add(message, {
                title,
                type: "info",
                autocloseDelay: 12000,
                className: "o_tour_notification_popup",
                buttons: [{name: _t("Open"), primary: true, onClick: open}],
            });
        }
        bus_service.subscribe("tour_notification.popup", show);
        bus_service.start();
        return {show};
    },
};

registry
    .category("services")
    .add("tour_notification_popup", tourNotificationPopupService);
