/** 我的签到码: for who is in charge to scan; it renews itself as long as it is looked at. */

import { client } from "../../hourbook.js";
import { ownCode } from "../../logic/attendance.js";
import { qr } from "../../logic/qr.js";
import { attempt, page } from "../../screen.js";

page({
    data: { qr: [] as boolean[][], isBusy: false, error: "" },
    isLookedAt: false,
    timer: null as ReturnType<typeof setTimeout> | null,

    onShow() {
        this.isLookedAt = true;
        void wx.setKeepScreenOn({ keepScreenOn: true });
        return this.renew();
    },

    onHide() {
        this.isLookedAt = false;
        this.stop();
    },

    onUnload() {
        this.onHide();
    },

    async renew() {
        this.stop();
        // An old code helps nobody: it goes before the new one comes.
        this.setData({ qr: [] });
        await attempt(this, async () => {
            const { code, nextInMillis } = await ownCode(client);
            this.setData({ qr: qr(code) });
            if (this.isLookedAt) this.timer = setTimeout(() => void this.renew(), nextInMillis);
        });
    },

    stop() {
        if (this.timer !== null) clearTimeout(this.timer);
        this.timer = null;
    },
});
