/** 评价活动: from one to five, with a few words or none; once. */

import { client } from "../../hourbook.js";
import { rate, readRating, type OwnRating } from "../../logic/ratings.js";
import { attempt, page, tappedId, tell } from "../../screen.js";

const SCORES = [
    { score: 5, name: "非常好" },
    { score: 4, name: "好" },
    { score: 3, name: "一般" },
    { score: 2, name: "不太好" },
    { score: 1, name: "不好" },
];

page({
    data: { scores: SCORES, rating: null as OwnRating | null, isRead: false, score: 0, words: "", isBusy: false, error: "" },
    activity: "",

    onLoad(query: Record<string, string | undefined>) {
        this.activity = query["activity"] ?? "";
        return attempt(this, () => this.read());
    },

    async read() {
        this.setData({ rating: await readRating(client, this.activity), isRead: true });
    },

    onScore(event: WechatMiniprogram.BaseEvent) {
        this.setData({ score: Number(tappedId(event)) });
    },

    onWords(event: WechatMiniprogram.Input) {
        this.setData({ words: event.detail.value });
    },

    onSend() {
        return attempt(this, async () => {
            await rate(client, this.activity, this.data.score, this.data.words);
            tell("谢谢您的评价");
            await this.read();
        });
    },
});
