/** 签到签退: scans the code at the place; asks where the phone is only where the activity has a fence. */

import { client, showSignIn } from "../../hourbook.js";
import { checkByPosition, checkWithCode, codeIn, needsPosition, show, type Checked, type Seen } from "../../logic/attendance.js";
import { attempt, isSure, page, positionOf } from "../../screen.js";

const WHY = "这个活动在现场签到，要看您是否在活动范围内。只记在不在、误差多少，不保存位置。";
const OTHER_WAY = "没有取得位置。不定位也可以：点下面的“我的签到码”，请负责人扫一扫。";

page({
    data: { checked: null as Checked | null, isByPosition: false, isBusy: false, error: "" },
    activity: "",

    /** Opened from a link's code, or a mini-program code; from an activity; after signing in; or to scan. */
    onLoad({ activity = "", q = "", scene = "", seen = "", direction }: Record<string, string | undefined>) {
        this.activity = activity;
        this.setData({ isByPosition: activity !== "" });
        if (seen !== "") return attempt(this, () => this.check({ code: seen, direction: direction === "out" ? "out" : "in" }));
        const code = codeIn(q || scene);
        return code === null ? undefined : attempt(this, () => this.look(code));
    },

    onScan() {
        return attempt(this, async () => {
            this.setData({ checked: null });
            const scanned = await wx.scanCode({ onlyFromCamera: true }).catch(() => null);
            if (scanned === null) return;
            const code = codeIn(`${scanned.result} ${scanned.path ?? ""}`);
            if (code === null) this.setData({ error: "这不是签到码，请扫现场正在显示的码。" });
            else await this.look(code);
        });
    },

    /** Where being there is enough. */
    onPosition() {
        return attempt(this, async () => {
            this.setData({ checked: null });
            const position = await this.askPosition();
            if (position !== null) this.setData({ checked: await checkByPosition(client, this.activity, position) });
        });
    },

    /** What was seen is good for five minutes: time enough to sign in. */
    async look(code: string) {
        const seen = await show(client, code);
        if (await client.isSignedIn()) await this.check(seen);
        else showSignIn(`/pages/scan/scan?seen=${seen.code}&direction=${seen.direction}`);
    },

    async check(seen: Seen) {
        this.setData({ checked: await this.checkedWith(seen) });
    },

    async checkedWith(seen: Seen): Promise<Checked | null> {
        try {
            return await checkWithCode(client, seen, null);
        } catch (error) {
            if (!needsPosition(error)) throw error;
            const position = await this.askPosition();
            return position === null ? null : checkWithCode(client, seen, position);
        }
    },

    /** Who tells no position is told of the other way. */
    async askPosition() {
        const position = (await isSure(WHY)) ? await positionOf() : null;
        if (position === null) this.setData({ error: OTHER_WAY });
        return position;
    },
});
