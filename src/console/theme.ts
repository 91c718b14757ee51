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
    // Small print that everybody can read: at least 4.5 : 1 on white and on the page's grey.
    colorTextTertiary: '#5c5c5c',
    colorTextPlaceholder: '#6b6b6b',
    // Under both names: antd writes the same variable from either.
    ...{ green7: '#237804', 'green-7': '#237804', gold7: '#8a5300', 'gold-7': '#8a5300' },
    colorError: '#c4281d',
    borderRadius: 4,
    fontFamily: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif',
    motion: false,
  },
  components: {
    Statistic: { contentFontSize: 20 },
    Menu: { itemHeight: 32, itemMarginBlock: 2, itemSelectedBg: '#e8f0f5' },
    Table: { cellPaddingBlockSM: 6, headerBg: '#f3f5f7', colorTextDisabled: '#5c5c5c' },
    Layout: { headerBg: '#ffffff', siderBg: '#ffffff', bodyBg: '#f5f6f8' },
  },
};
