import type { ThemeConfig } from 'antd';

/** Calm and dense: one accent, small radii, the system's own Chinese fonts. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1d4e6f',
    colorInfo: '#1d4e6f',
    colorLink: '#1b5a86',
    // Tints that antd would derive from so dark a blue are grey.
    colorPrimaryBg: '#e8f0f5',
    colorInfoBg: '#eef4f8',
    colorInfoBorder: '#c9dbe7',
    borderRadius: 4,
    fontFamily: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif',
    motion: false,
  },
  components: {
    Statistic: { contentFontSize: 20 },
    Menu: { itemHeight: 32, itemMarginBlock: 2, itemSelectedBg: '#e8f0f5' },
    Table: { cellPaddingBlockSM: 6, headerBg: '#f3f5f7' },
    Layout: { headerBg: '#ffffff', siderBg: '#ffffff', bodyBg: '#f5f6f8' },
  },
};
