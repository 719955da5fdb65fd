/**
 * Provinces and prefecture-level cities of China in their usual Latin spelling. Many differ by one letter (Suzhou and
 * Huzhou, Hunan and Henan): two of them are two places, not one place misspelt.
 */
export const knownPlaces: ReadonlySet<string> = new Set(
  `Beijing Tianjin Shanghai Chongqing Hebei Shanxi Shaanxi Liaoning Jilin Heilongjiang Jiangsu Zhejiang Anhui Fujian Jiangxi Shandong
  Henan Hubei Hunan Guangdong Guangxi Hainan Sichuan Guizhou Yunnan Gansu Qinghai Ningxia Xinjiang Tibet
  Shijiazhuang Tangshan Qinhuangdao Handan Xingtai Baoding Zhangjiakou Chengde Cangzhou Langfang Hengshui Taiyuan Datong Yangquan
  Changzhi Jincheng Shuozhou Jinzhong Yuncheng Xinzhou Linfen Luliang Hohhot Baotou Wuhai Chifeng Tongliao Ordos Shenyang Dalian
  Anshan Fushun Benxi Dandong Jinzhou Yingkou Fuxin Liaoyang Panjin Tieling Chaoyang Huludao Changchun Siping Liaoyuan Tonghua
  Baishan Songyuan Baicheng Harbin Qiqihar Jixi Hegang Daqing Yichun Jiamusi Qitaihe Mudanjiang Heihe Suihua Nanjing Wuxi Xuzhou
  Changzhou Suzhou Nantong Lianyungang Huaian Yancheng Yangzhou Zhenjiang Taizhou Suqian Hangzhou Ningbo Wenzhou Jiaxing Huzhou
  Shaoxing Jinhua Quzhou Zhoushan Lishui Hefei Wuhu Bengbu Huainan Maanshan Huaibei Tongling Anqing Huangshan Chuzhou Fuyang Luan
  Bozhou Chizhou Xuancheng Fuzhou Xiamen Putian Sanming Quanzhou Zhangzhou Nanping Longyan Ningde Nanchang Jingdezhen Pingxiang
  Jiujiang Xinyu Yingtan Ganzhou Jian Yichun Shangrao Jinan Qingdao Zibo Zaozhuang Dongying Yantai Weifang Jining Taian Weihai Rizhao
  Linyi Dezhou Liaocheng Binzhou Heze Zhengzhou Kaifeng Luoyang Pingdingshan Anyang Hebi Xinxiang Jiaozuo Puyang Xuchang Luohe
  Sanmenxia Nanyang Shangqiu Xinyang Zhoukou Zhumadian Wuhan Huangshi Shiyan Yichang Xiangyang Ezhou Jingmen Xiaogan Jingzhou
  Huanggang Xianning Suizhou Enshi Changsha Zhuzhou Xiangtan Hengyang Shaoyang Yueyang Changde Zhangjiajie Yiyang Chenzhou Yongzhou
  Huaihua Loudi Guangzhou Shaoguan Shenzhen Zhuhai Shantou Foshan Jiangmen Zhanjiang Maoming Zhaoqing Huizhou Meizhou Shanwei
  Heyuan Yangjiang Qingyuan Dongguan Zhongshan Chaozhou Jieyang Yunfu Nanning Liuzhou Guilin Wuzhou Beihai Fangchenggang Qinzhou
  Guigang Yulin Baise Hezhou Hechi Laibin Chongzuo Haikou Sanya Chengdu Zigong Panzhihua Luzhou Deyang Mianyang Guangyuan Suining
  Neijiang Leshan Nanchong Meishan Yibin Guangan Dazhou Yaan Bazhong Ziyang Guiyang Liupanshui Zunyi Anshun Bijie Tongren Kunming
  Qujing Yuxi Baoshan Zhaotong Lijiang Puer Lincang Dali Xishuangbanna Lhasa Shigatse Xian Tongchuan Baoji Xianyang Weinan Yanan
  Hanzhong Ankang Shangluo Lanzhou Jiayuguan Jinchang Baiyin Tianshui Wuwei Zhangye Pingliang Jiuquan Qingyang Dingxi Longnan Xining
  Haidong Yinchuan Shizuishan Wuzhong Guyuan Zhongwei Urumqi Karamay Turpan Hami`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
